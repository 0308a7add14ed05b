package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
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

	private final Versions<VersionCall<Q, Outcome<Pipe<Result<U, ConversionException>>, E>>> versions;

	CallerPipeRpc(Versions<VersionCall<Q, Outcome<Pipe<Result<U, ConversionException>>, E>>> versions) {
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
		Conversion<Q, V> toQuery = new Conversion<>(rpc.id(), "query", query);
		Conversion<W, U> fromUpdate = new Conversion<>(rpc.id(), "update", update);
		Conversion<F, E> fromError = new Conversion<>(rpc.id(), "error", error);
		return new CallerPipeRpc<>(this.versions.with(rpc.id(),
				(connection, model, metadata) -> ConvertedCall
					.of(rpc.dispatch(connection, toQuery.apply(model), metadata), (outcome) -> ConvertedOutcome
						.of(outcome, (pipe) -> ConvertedPipe.of(pipe, fromUpdate::attempt), fromError))));
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
		return VersionCall.dispatchMulti(this.versions, connection, query, metadata);
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CallerPipeRpc(" + this.versions + ")";
	}

}
