package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * An RPC with one answer to one query. Immutable; both sides share one. Source: rule R3.
 *
 * @param <Q> the type of the query
 * @param <R> the type of the answer
 */
public final class Rpc<Q, R> {

	private final RpcId id;

	private final BinCodec<Q> queryCodec;

	private final BinCodec<R> responseCodec;

	private Rpc(RpcId id, BinCodec<Q> queryCodec, BinCodec<R> responseCodec) {
		this.id = id;
		this.queryCodec = queryCodec;
		this.responseCodec = responseCodec;
	}

	/**
	 * Defines an RPC.
	 * @param name its name
	 * @param version its version: one that changes a type gets another
	 * @param queryCodec of the query
	 * @param responseCodec of the answer
	 * @param <Q> the type of the query
	 * @param <R> the type of the answer
	 * @return the RPC
	 */
	public static <Q, R> Rpc<Q, R> of(String name, long version, BinCodec<Q> queryCodec, BinCodec<R> responseCodec) {
		return new Rpc<>(RpcId.of(name, version), queryCodec, responseCodec);
	}

	/**
	 * Names this.
	 * @return name and version
	 */
	public RpcId id() {
		return this.id;
	}

	BinCodec<Q> queryCodec() {
		return this.queryCodec;
	}

	BinCodec<R> responseCodec() {
		return this.responseCodec;
	}

	/**
	 * Answers this, sooner or later.
	 * @param handler called for every query
	 * @return the implementation
	 */
	public Implementation implement(RpcHandler<? super Q, ? extends R> handler) {
		return new Implementation(this.id, Computation.RPC, (query, data) -> {
			Q value = query.decode(this.queryCodec, data);
			if (value != null) {
				CompletionStage<? extends R> answer = handler.handle(query.context(), value);
				query.answer(this.responseCodec, answer);
			}
		});
	}

	/**
	 * Answers this at once, which is cheaper.
	 * @param function called for every query
	 * @return the implementation
	 */
	public Implementation implementNow(RpcFunction<? super Q, ? extends R> function) {
		return new Implementation(this.id, Computation.BLOCKING_RPC, (query, data) -> {
			Q value = query.decode(this.queryCodec, data);
			if (value != null) {
				query.answer(this.responseCodec, (R) function.apply(query.context(), value));
			}
		});
	}

	/**
	 * Calls this. May be called from any thread, and never blocks.
	 * @param connection over which
	 * @param query what to ask
	 * @return a new future of the answer, which completes on the event loop of the
	 * connection, where nothing may block. It fails with {@link RpcException}, with
	 * {@link RpcTimeoutException} if {@link RpcOptions#withCallTimeout} says so, or with
	 * what an {@link RpcInterceptor} throws. Cancelling it, or letting it time out, gives
	 * up the answer; the peer is not told
	 */
	public CompletableFuture<R> dispatch(RpcConnection connection, Q query) {
		return dispatch(connection, query, null);
	}

	/**
	 * Calls this, and sends something along.
	 * @param connection over which
	 * @param query what to ask
	 * @param metadata what to send along, or {@code null}
	 * @return as {@link #dispatch(RpcConnection, Object)}
	 */
	public CompletableFuture<R> dispatch(RpcConnection connection, Q query, @Nullable QueryMetadata metadata) {
		return connection.session().dispatch(new UnaryCall<>(this, query, metadata));
	}

	@Override
	public String toString() {
		return "Rpc(" + this.id + ")";
	}

}
