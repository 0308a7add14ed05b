/**
 * TCP clients and servers, over inet and unix sockets.
 */
@NullMarked
package io.persistentconn.tcp;

import org.jspecify.annotations.NullMarked;
