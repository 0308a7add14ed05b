/**
 * The event loops and sockets that all connections and servers of an application share.
 */
@NullMarked
package io.persistentconn.autoconfigure.netty;

import org.jspecify.annotations.NullMarked;
