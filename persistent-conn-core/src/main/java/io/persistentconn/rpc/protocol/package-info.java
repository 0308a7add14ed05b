/**
 * The messages of Async_rpc, its handshake and its errors, as values and as bytes: no
 * input or output, no threads. On {@code binprot} alone.
 */
@NullMarked
package io.persistentconn.rpc.protocol;

import org.jspecify.annotations.NullMarked;
