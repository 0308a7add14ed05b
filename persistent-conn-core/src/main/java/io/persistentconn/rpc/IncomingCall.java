package io.persistentconn.rpc;

import java.util.Optional;

import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * A call of the peer that is about to be handed to its implementation, for an
 * {@link RpcInterceptor}.
 *
 * @param connection over which the call came
 * @param rpc which RPC is called: one that is implemented
 * @param kind how it is answered
 * @param metadata what the caller sent along
 */
public record IncomingCall(RpcConnection connection, RpcId rpc, RpcKind kind, Optional<QueryMetadata> metadata) {
}
