package io.persistentconn.rpc.versioned;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;

import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.RpcHandler;

/**
 * The versions of a {@link PipeRpc} that a callee converts to and from its model; made by
 * {@link CalleeConverts#pipe}. Immutable. Source: rule V2.
 *
 * @param <Q> the model of the query
 * @param <U> the model of the updates
 * @param <E> the model of what comes with a rejection
 */
public final class CalleePipeRpc<Q, U, E> {

	private final Versions<Function<RpcHandler<? super Q, Outcome<? extends Flow.Publisher<U>, E>>, Implementation>> versions;

	CalleePipeRpc(
			Versions<Function<RpcHandler<? super Q, Outcome<? extends Flow.Publisher<U>, E>>, Implementation>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param query makes the model of a query
	 * @param update makes an update of the model
	 * @param error makes what comes with a rejection of the model
	 * @param <V> the type of the query in this version
	 * @param <W> the type of the updates in this version
	 * @param <F> the type of what comes with a rejection in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V, W, F> CalleePipeRpc<Q, U, E> version(PipeRpc<V, W, F> rpc, Function<? super V, ? extends Q> query,
			Function<? super U, ? extends W> update, Function<? super E, ? extends F> error) {
		Conversion<V, Q> fromQuery = new Conversion<>(rpc.id(), "query", query);
		Conversion<U, W> toUpdate = new Conversion<>(rpc.id(), "update", update);
		Conversion<E, F> toError = new Conversion<>(rpc.id(), "error", error);
		return new CalleePipeRpc<>(this.versions.with(rpc.id(),
				(handler) -> rpc.implement((context, value) -> handler.handle(context, fromQuery.apply(value))
					.thenApply((outcome) -> ConvertedOutcome.of(outcome,
							(updates) -> ConvertedPipe.of(updates, toUpdate), toError)))));
	}

	/**
	 * Answers all versions with what a publisher publishes. If the conversion of an
	 * update throws, that one stream fails.
	 * @param handler called for every query; the publisher that it accepts with is
	 * subscribed to once, in any case, and cancelled when the stream ends
	 * @return the implementations of all versions, for
	 * {@link io.persistentconn.rpc.Implementations.Builder#addAll}
	 */
	public List<Implementation> implementMulti(RpcHandler<? super Q, Outcome<? extends Flow.Publisher<U>, E>> handler) {
		return this.versions.all().stream().map((version) -> version.apply(handler)).toList();
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CalleePipeRpc(" + this.versions + ")";
	}

}
