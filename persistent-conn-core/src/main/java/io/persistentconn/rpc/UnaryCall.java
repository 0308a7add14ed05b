package io.persistentconn.rpc;

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
final class UnaryCall<Q, R> extends OpenCall<R> {

	private final Rpc<Q, R> rpc;

	private @Nullable Q query;

	UnaryCall(Rpc<Q, R> rpc, Q query, @Nullable QueryMetadata metadata) {
		super(metadata);
		this.rpc = rpc;
		this.query = query;
	}

	@Override
	RpcId rpc() {
		return this.rpc.id();
	}

	@Override
	RpcKind kind() {
		return RpcKind.UNARY;
	}

	@Override
	void encode(OpenCalls calls, ByteBuf out) {
		Q value = this.query;
		if (value == null) {
			throw new IllegalStateException("query: sent already (expected: once)");
		}
		this.query = null;
		calls.writeQuery(out, rpc(), id(), metadata());
		MessageWriter.payload(out, this.rpc.queryCodec(), value);
	}

	@Override
	boolean response(BinReader data) {
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
	boolean error(RpcError error) {
		failed(error, null);
		return true;
	}

	@Override
	void failed(RpcError error, @Nullable Throwable cause) {
		completeExceptionally(new RpcException(rpc().toString(), error, cause));
	}

}
