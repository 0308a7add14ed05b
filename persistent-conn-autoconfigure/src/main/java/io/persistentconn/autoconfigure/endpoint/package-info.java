/**
 * The actuator endpoint: all connections, servers and subscriptions at a glance.
 */
@NullMarked
package io.persistentconn.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
