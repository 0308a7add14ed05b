/**
 * Meters of connections, servers and subscriptions.
 */
@NullMarked
package io.persistentconn.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
