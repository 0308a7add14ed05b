/**
 * Remote procedure calls in the wire protocol of Async_rpc: unary, one-way, pipe and
 * state RPCs, served and called by either end of a connection.
 */
@NullMarked
package io.persistentconn.rpc;

import org.jspecify.annotations.NullMarked;
