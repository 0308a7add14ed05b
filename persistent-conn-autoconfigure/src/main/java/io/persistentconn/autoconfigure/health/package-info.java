/**
 * What the health of the application makes of connections and servers.
 */
@NullMarked
package io.persistentconn.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
