package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.StreamHandle;
import io.persistentconn.rpc.StreamHandler;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a {@link PipeRpc} that a caller converts to and from its model; made by
 * {@link CallerConverts#pipe}. Immutable. Source: rule V2.
 *
 * @param <Q> the model of the query
 * @param <U> the model of the updates
 * @param <E> the model of what comes with a rejection
 */
public final class CallerPipeRpc<Q, U, E> {

	private final Versions<PipeVersion<Q, U, E, ?, ?, ?>> versions;

	CallerPipeRpc(Versions<PipeVersion<Q, U, E, ?, ?, ?>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param query makes a query of the model
	 * @param update makes the model of an update
	 * @param error makes the model of what comes with a rejection
	 * @param <V> the type of the query in this version
	 * @param <W> the type of the updates in this version
	 * @param <F> the type of what comes with a rejection in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V, W, F> CallerPipeRpc<Q, U, E> version(PipeRpc<V, W, F> rpc, Function<? super Q, ? extends V> query,
			Function<? super W, ? extends U> update, Function<? super F, ? extends E> error) {
		return new CallerPipeRpc<>(
				this.versions.with(rpc.id(), new PipeVersion<>(rpc, new Conversion<>(rpc.id(), "query", query),
						new Conversion<>(rpc.id(), "update", update), new Conversion<>(rpc.id(), "error", error))));
	}

	/**
	 * Calls the highest version that both sides have. May be called from any thread, and
	 * never blocks.
	 * @param connection over which
	 * @param query what to ask
	 * @return as {@link PipeRpc#dispatch(io.persistentconn.rpc.RpcConnection, Object)}.
	 * An update whose conversion fails is an error in the pipe, which goes on. The future
	 * also fails with {@link VersionMismatchException} if there is no such version, and
	 * with {@link ConversionException}
	 */
	public CompletableFuture<Outcome<Pipe<Result<U, ConversionException>>, E>> dispatchMulti(
			ConnectionWithMenu connection, Q query) {
		return dispatchMulti(connection, query, null);
	}

	/**
	 * Calls the highest version that both sides have, and sends something along.
	 * @param connection over which
	 * @param query what to ask
	 * @param metadata what to send along, or {@code null}
	 * @return as {@link #dispatchMulti(ConnectionWithMenu, Object)}
	 */
	public CompletableFuture<Outcome<Pipe<Result<U, ConversionException>>, E>> dispatchMulti(
			ConnectionWithMenu connection, Q query, @Nullable QueryMetadata metadata) {
		return this.versions.dispatch(connection,
				(version) -> version.dispatch(connection.connection(), query, metadata));
	}

	/**
	 * Calls the highest version that both sides have with a handler instead of a pipe.
	 * @param connection over which
	 * @param query what to ask
	 * @param handler called with the updates, and with an error for each whose conversion
	 * fails
	 * @return a new future of what aborts the stream, or of the rejection; it fails as
	 * {@link #dispatchMulti(ConnectionWithMenu, Object)} says
	 */
	public CompletableFuture<Outcome<StreamHandle, E>> dispatchMultiIter(ConnectionWithMenu connection, Q query,
			StreamHandler<Result<U, ConversionException>> handler) {
		return this.versions.dispatch(connection,
				(version) -> version.dispatchIter(connection.connection(), query, handler));
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CallerPipeRpc(" + this.versions + ")";
	}

}
