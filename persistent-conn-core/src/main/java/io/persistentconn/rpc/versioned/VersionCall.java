package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Calls one version of an RPC, with conversions on both ways. Throws
 * {@link ConversionException} if the query is not converted.
 *
 * @param <Q> the model of the query
 * @param <T> what the call gives, in terms of the model
 */
@FunctionalInterface
interface VersionCall<Q, T> {

	CompletableFuture<T> dispatch(RpcConnection connection, Q query, @Nullable QueryMetadata metadata);

	static <Q, T> CompletableFuture<T> dispatchMulti(Versions<VersionCall<Q, T>> versions,
			ConnectionWithMenu connection, Q query, @Nullable QueryMetadata metadata) {
		return versions.dispatch(connection, (version) -> version.dispatch(connection.connection(), query, metadata));
	}

}
