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
 * A message without an answer, and the future of its being sent.
 *
 * @param <M> the type of the message
 */
final class OneWayCall<M> extends CompletableFuture<Void> implements OpenCall {

	private final OneWayRpc<M> rpc;

	private final M message;

	private final @Nullable QueryMetadata metadata;

	private long id;

	OneWayCall(OneWayRpc<M> rpc, M message, @Nullable QueryMetadata metadata) {
		this.rpc = rpc;
		this.message = message;
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
		calls.writeQuery(out, rpc(), this.id, this.metadata);
		MessageWriter.payload(out, this.rpc.codec(), this.message);
	}

	@Override
	public boolean expectsResponse() {
		return false;
	}

	@Override
	@SuppressWarnings("NullAway")
	public void sent() {
		complete(null);
	}

	@Override
	public boolean response(BinReader data) {
		throw new IllegalStateException(rpc() + " has an answer (expected: none)");
	}

	@Override
	public boolean error(RpcError error) {
		throw new IllegalStateException(rpc() + " has an answer (expected: none)");
	}

	@Override
	public void failed(RpcError error, @Nullable Throwable cause) {
		completeExceptionally(new RpcException(rpc().toString(), error, cause));
	}

}
