/**
 * How servers are doing, for health and pages.
 */
@NullMarked
package io.persistentconn.autoconfigure.status;

import org.jspecify.annotations.NullMarked;
