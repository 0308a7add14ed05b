package io.persistentconn.rpc;

import java.util.Optional;

import io.persistentconn.rpc.protocol.QueryMetadata;

/**
 * Who calls, for a handler.
 *
 * @param connection over which the call came; may be called back over the same
 * @param metadata what the caller sent along with the query. Source: rule R9
 */
public record RpcContext(RpcConnection connection, Optional<QueryMetadata> metadata) {
}
