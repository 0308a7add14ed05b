/**
 * The properties below {@code persistent-conn}: their records, how they inherit from the
 * defaults, and what they may be.
 */
@NullMarked
package io.persistentconn.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
