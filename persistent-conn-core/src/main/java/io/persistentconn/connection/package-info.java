/**
 * Connections that are established again whenever they are lost:
 * {@link io.persistentconn.connection.PersistentConnection}. Of a connection this package
 * asks nothing but to be closed and to say when it is.
 */
@NullMarked
package io.persistentconn.connection;

import org.jspecify.annotations.NullMarked;
