package io.persistentconn.rpc.versioned;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.RpcContext;

/**
 * The versions of a {@link OneWayRpc} that a callee converts to its model; made by
 * {@link CalleeConverts#oneWay}. Immutable. Source: rule V2.
 *
 * @param <M> the model of the message
 */
public final class CalleeOneWayRpc<M> {

	private final Versions<Function<BiConsumer<? super RpcContext, ? super M>, Implementation>> versions;

	CalleeOneWayRpc(Versions<Function<BiConsumer<? super RpcContext, ? super M>, Implementation>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param message makes the model of a message
	 * @param <V> the type of the message in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V> CalleeOneWayRpc<M> version(OneWayRpc<V> rpc, Function<? super V, ? extends M> message) {
		Conversion<V, M> fromMessage = new Conversion<>(rpc.id(), "message", message);
		return new CalleeOneWayRpc<>(this.versions.with(rpc.id(),
				(handler) -> rpc.implement((context, value) -> handler.accept(context, fromMessage.apply(value)))));
	}

	/**
	 * Takes the messages of all versions.
	 * @param handler called for every message
	 * @return the implementations of all versions, for
	 * {@link io.persistentconn.rpc.Implementations.Builder#addAll}
	 */
	public List<Implementation> implementMulti(BiConsumer<? super RpcContext, ? super M> handler) {
		return this.versions.all().stream().map((version) -> version.apply(handler)).toList();
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CalleeOneWayRpc(" + this.versions + ")";
	}

}
