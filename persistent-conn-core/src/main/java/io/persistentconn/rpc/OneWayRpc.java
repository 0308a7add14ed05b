package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not answered. Immutable; both sides share one. Source: rule R3.
 *
 * @param <M> the type of the message
 */
public final class OneWayRpc<M> {

	private final RpcId id;

	private final BinCodec<M> codec;

	private OneWayRpc(RpcId id, BinCodec<M> codec) {
		this.id = id;
		this.codec = codec;
	}

	/**
	 * Defines a one-way RPC.
	 * @param name its name
	 * @param version its version: one that changes the type gets another
	 * @param codec of the message
	 * @param <M> the type of the message
	 * @return the RPC
	 */
	public static <M> OneWayRpc<M> of(String name, long version, BinCodec<M> codec) {
		return new OneWayRpc<>(RpcId.of(name, version), codec);
	}

	/**
	 * Names this.
	 * @return name and version
	 */
	public RpcId id() {
		return this.id;
	}

	BinCodec<M> codec() {
		return this.codec;
	}

	/**
	 * Takes the messages.
	 * @param handler called for every message on the event loop of the connection, so it
	 * must not block. If it throws, see {@link Implementations.Builder#onException}
	 * @return the implementation
	 */
	public Implementation implement(BiConsumer<? super RpcContext, ? super M> handler) {
		return new Implementation(this.id, Computation.ONE_WAY_RPC, (query, data) -> {
			M message = this.codec.read(data);
			data.expectEnd();
			handler.accept(query.context(), message);
			query.ended(null);
		});
	}

	/**
	 * Takes the messages, each sooner or later. Those that are not done count as open
	 * calls: there is a limit to them, and closing waits for them.
	 * @param handler called as for {@link #implement}; says when a message is done. If
	 * its stage fails, that is as if it threw
	 * @return the implementation
	 */
	public Implementation implementAsync(RpcHandler<? super M, ?> handler) {
		return new Implementation(this.id, Computation.ONE_WAY_RPC, (query, data) -> {
			M message = this.codec.read(data);
			data.expectEnd();
			query.endAfter(handler.handle(query.context(), message));
		});
	}

	/**
	 * Sends a message. May be called from any thread, and never blocks.
	 * @param connection over which
	 * @param message what to send
	 * @return a new future that completes when the message was handed to the transport,
	 * which does not mean that it will arrive. It fails with {@link RpcException}
	 */
	public CompletableFuture<Void> dispatch(RpcConnection connection, M message) {
		return dispatch(connection, message, null);
	}

	/**
	 * Sends a message, and something along.
	 * @param connection over which
	 * @param message what to send
	 * @param metadata what to send along, or {@code null}
	 * @return as {@link #dispatch(RpcConnection, Object)}
	 */
	public CompletableFuture<Void> dispatch(RpcConnection connection, M message, @Nullable QueryMetadata metadata) {
		return connection.session().dispatch(new OneWayCall<>(this, message, metadata));
	}

	@Override
	public String toString() {
		return "OneWayRpc(" + this.id + ")";
	}

}
