package io.persistentconn.rpc.versioned;

import java.util.List;
import java.util.function.Function;

import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcHandler;

/**
 * The versions of an {@link Rpc} that a callee converts to and from its model; made by
 * {@link CalleeConverts#rpc}. Immutable. Source: rule V2.
 *
 * @param <Q> the model of the query
 * @param <R> the model of the answer
 */
public final class CalleeRpc<Q, R> {

	private final Versions<Function<RpcHandler<? super Q, ? extends R>, Implementation>> versions;

	CalleeRpc(Versions<Function<RpcHandler<? super Q, ? extends R>, Implementation>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param query makes the model of a query
	 * @param response makes an answer of the model
	 * @param <V> the type of the query in this version
	 * @param <W> the type of the answer in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V, W> CalleeRpc<Q, R> version(Rpc<V, W> rpc, Function<? super V, ? extends Q> query,
			Function<? super R, ? extends W> response) {
		Conversion<V, Q> fromQuery = new Conversion<>(rpc.id(), "query", query);
		Conversion<R, W> toResponse = new Conversion<>(rpc.id(), "response", response);
		return new CalleeRpc<>(this.versions.with(rpc.id(), (handler) -> rpc
			.implement((context, value) -> handler.handle(context, fromQuery.apply(value)).thenApply(toResponse))));
	}

	/**
	 * Answers all versions.
	 * @param handler called for every query
	 * @return the implementations of all versions, for
	 * {@link io.persistentconn.rpc.Implementations.Builder#addAll}
	 */
	public List<Implementation> implementMulti(RpcHandler<? super Q, ? extends R> handler) {
		return this.versions.all().stream().map((version) -> version.apply(handler)).toList();
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CalleeRpc(" + this.versions + ")";
	}

}
