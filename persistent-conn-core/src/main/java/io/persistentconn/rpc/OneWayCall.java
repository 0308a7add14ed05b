package io.persistentconn.rpc;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A message without an answer, and the future of its being sent.
 *
 * @param <M> the type of the message
 */
final class OneWayCall<M> extends OpenCall<Void> {

	private final OneWayRpc<M> rpc;

	private final M message;

	OneWayCall(OneWayRpc<M> rpc, M message, @Nullable QueryMetadata metadata) {
		super(metadata);
		this.rpc = rpc;
		this.message = message;
	}

	@Override
	RpcId rpc() {
		return this.rpc.id();
	}

	@Override
	RpcKind kind() {
		return RpcKind.ONE_WAY;
	}

	@Override
	void encode(OpenCalls calls, ByteBuf out) {
		calls.writeQuery(out, rpc(), id(), metadata());
		MessageWriter.payload(out, this.rpc.codec(), this.message);
	}

	@Override
	boolean expectsResponse() {
		return false;
	}

	@Override
	@SuppressWarnings("NullAway")
	void sent() {
		complete(null);
	}

	@Override
	boolean response(BinReader data) {
		throw new IllegalStateException(rpc() + " has an answer (expected: none)");
	}

	@Override
	boolean error(RpcError error) {
		throw new IllegalStateException(rpc() + " has an answer (expected: none)");
	}

	@Override
	void failed(RpcError error, @Nullable Throwable cause) {
		completeExceptionally(new RpcException(rpc().toString(), error, cause));
	}

}
