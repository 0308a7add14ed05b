/**
 * What the health of the application makes of connections, servers and subscriptions.
 */
@NullMarked
package io.persistentconn.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
