package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A call with one answer, and the future of it in one object. Whoever cancels the future
 * or lets it time out gives up the answer, not the id: that is kept until the answer
 * came, which is dropped (rule R12).
 *
 * @param <Q> the type of the query
 * @param <R> the type of the answer
 */
final class UnaryCall<Q, R> extends CompletableFuture<R> implements OpenCall {

	private final Rpc<Q, R> rpc;

	private final @Nullable QueryMetadata metadata;

	private @Nullable Q query;

	private long id;

	UnaryCall(Rpc<Q, R> rpc, Q query, @Nullable QueryMetadata metadata) {
		this.rpc = rpc;
		this.query = query;
		this.metadata = metadata;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	@Override
	public RpcId rpc() {
		return this.rpc.id();
	}

	@Override
	public void begin(long id) {
		this.id = id;
	}

	@Override
	public void encode(OpenCalls calls, ByteBuf out) {
		Q value = this.query;
		if (value == null) {
			throw new IllegalStateException("query: sent already (expected: once)");
		}
		this.query = null;
		calls.writeQuery(out, rpc(), this.id, this.metadata);
		MessageWriter.payload(out, this.rpc.queryCodec(), value);
	}

	@Override
	public boolean response(BinReader data) {
		if (isDone()) {
			return true;
		}
		R answer;
		try {
			answer = this.rpc.responseCodec().read(data);
			data.expectEnd();
		}
		catch (RuntimeException ex) {
			failed(RpcErrors.undecodable("client-side rpc response", ex), ex);
			return true;
		}
		complete(answer);
		return true;
	}

	@Override
	public boolean error(RpcError error) {
		failed(error, null);
		return true;
	}

	@Override
	public void failed(RpcError error, @Nullable Throwable cause) {
		completeExceptionally(new RpcException(rpc().toString(), error, cause));
	}

}
