/**
 * Meters of connections and servers.
 */
@NullMarked
package io.persistentconn.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
