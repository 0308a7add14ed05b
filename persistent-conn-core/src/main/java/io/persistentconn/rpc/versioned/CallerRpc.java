package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an {@link Rpc} that a caller converts to and from its model; made by
 * {@link CallerConverts#rpc}. Immutable. Source: rule V2.
 *
 * @param <Q> the model of the query
 * @param <R> the model of the answer
 */
public final class CallerRpc<Q, R> {

	private final Versions<VersionCall<Q, R>> versions;

	CallerRpc(Versions<VersionCall<Q, R>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param query makes a query of the model
	 * @param response makes the model of an answer
	 * @param <V> the type of the query in this version
	 * @param <W> the type of the answer in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V, W> CallerRpc<Q, R> version(Rpc<V, W> rpc, Function<? super Q, ? extends V> query,
			Function<? super W, ? extends R> response) {
		Conversion<Q, V> toQuery = new Conversion<>(rpc.id(), "query", query);
		Conversion<W, R> fromResponse = new Conversion<>(rpc.id(), "response", response);
		return new CallerRpc<>(this.versions.with(rpc.id(), (connection, model, metadata) -> ConvertedCall
			.of(rpc.dispatch(connection, toQuery.apply(model), metadata), fromResponse)));
	}

	/**
	 * Calls the highest version that both sides have. May be called from any thread, and
	 * never blocks.
	 * @param connection over which
	 * @param query what to ask
	 * @return as {@link Rpc#dispatch(io.persistentconn.rpc.RpcConnection, Object)}. It
	 * also fails with {@link VersionMismatchException} if there is no such version, and
	 * with {@link ConversionException}
	 */
	public CompletableFuture<R> dispatchMulti(ConnectionWithMenu connection, Q query) {
		return dispatchMulti(connection, query, null);
	}

	/**
	 * Calls the highest version that both sides have, and sends something along.
	 * @param connection over which
	 * @param query what to ask
	 * @param metadata what to send along, or {@code null}
	 * @return as {@link #dispatchMulti(ConnectionWithMenu, Object)}
	 */
	public CompletableFuture<R> dispatchMulti(ConnectionWithMenu connection, Q query,
			@Nullable QueryMetadata metadata) {
		return VersionCall.dispatchMulti(this.versions, connection, query, metadata);
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CallerRpc(" + this.versions + ")";
	}

}
