/**
 * The actuator endpoint: all connections and servers at a glance.
 */
@NullMarked
package io.persistentconn.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
