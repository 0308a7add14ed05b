package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.binprot.Result;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.StateHandle;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.StreamHandler;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a {@link StateRpc} that a caller converts to and from its model; made
 * by {@link CallerConverts#state}. Immutable. Source: rule V2.
 *
 * @param <Q> the model of the query
 * @param <S> the model of the state
 * @param <U> the model of the updates
 * @param <E> the model of what comes with a rejection
 */
public final class CallerStateRpc<Q, S, U, E> {

	private final Versions<StateVersion<Q, S, U, E, ?, ?, ?, ?>> versions;

	CallerStateRpc(Versions<StateVersion<Q, S, U, E, ?, ?, ?, ?>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param query makes a query of the model
	 * @param state makes the model of the state
	 * @param update makes the model of an update
	 * @param error makes the model of what comes with a rejection
	 * @param <V> the type of the query in this version
	 * @param <W> the type of the state in this version
	 * @param <X> the type of the updates in this version
	 * @param <F> the type of what comes with a rejection in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V, W, X, F> CallerStateRpc<Q, S, U, E> version(StateRpc<V, W, X, F> rpc,
			Function<? super Q, ? extends V> query, Function<? super W, ? extends S> state,
			Function<? super X, ? extends U> update, Function<? super F, ? extends E> error) {
		return new CallerStateRpc<>(this.versions.with(rpc.id(),
				new StateVersion<>(rpc, new Conversion<>(rpc.id(), "query", query),
						new Conversion<>(rpc.id(), "state", state), new Conversion<>(rpc.id(), "update", update),
						new Conversion<>(rpc.id(), "error", error))));
	}

	/**
	 * Calls the highest version that both sides have. May be called from any thread, and
	 * never blocks.
	 * @param connection over which
	 * @param query what to ask
	 * @return as {@link StateRpc#dispatch(io.persistentconn.rpc.RpcConnection, Object)}.
	 * An update whose conversion fails is an error in the pipe, which goes on. The future
	 * also fails with {@link VersionMismatchException} if there is no such version, and
	 * with {@link ConversionException}, also for the state: then the stream is aborted
	 */
	public CompletableFuture<Outcome<StateStream<S, Result<U, ConversionException>>, E>> dispatchMulti(
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
	public CompletableFuture<Outcome<StateStream<S, Result<U, ConversionException>>, E>> dispatchMulti(
			ConnectionWithMenu connection, Q query, @Nullable QueryMetadata metadata) {
		return this.versions.dispatch(connection,
				(version) -> version.dispatch(connection.connection(), query, metadata));
	}

	/**
	 * Calls the highest version that both sides have with a handler instead of a pipe.
	 * @param connection over which
	 * @param query what to ask
	 * @param handler called with the updates, after the future has completed, and with an
	 * error for each whose conversion fails
	 * @return a new future of the state, or of the rejection; it fails as
	 * {@link #dispatchMulti(ConnectionWithMenu, Object)} says
	 */
	public CompletableFuture<Outcome<StateHandle<S>, E>> dispatchMultiIter(ConnectionWithMenu connection, Q query,
			StreamHandler<Result<U, ConversionException>> handler) {
		return this.versions.dispatch(connection,
				(version) -> version.dispatchIter(connection.connection(), query, handler));
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CallerStateRpc(" + this.versions + ")";
	}

}
