package io.persistentconn.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.transport.MessageTransport;
import io.persistentconn.rpc.transport.TcpMessageTransport;
import io.persistentconn.tcp.EmbeddedConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection, and a peer of it that sends whatever bytes it likes, in frozen time.
 */
final class RawPeer implements AutoCloseable {

	private static final byte CLOSE_REASON = 5;

	private static final byte CLOSE_REASON_V2 = 11;

	/** Not watched for leaks, since that takes a stack trace for each use of a buffer. */
	final EmbeddedConnection socket = EmbeddedConnection.ofServer(new UnpooledByteBufAllocator(false, true));

	final CompletableFuture<RpcConnection> establishing;

	private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

	/** Says nothing yet. */
	RawPeer(RpcOptions options) {
		this.establishing = RpcConnection.establish(
				TcpMessageTransport.over(this.socket.connection(), MessageTransport.DEFAULT_MAX_LENGTH), options);
		this.socket.run();
	}

	/** Has shaken hands. */
	static RawPeer established(RpcOptions options, int version) {
		RawPeer peer = new RawPeer(options);
		peer.send(Header.of(1, version)::write);
		if (version >= 3) {
			peer.send((out) -> new MessageWriter(version).metadata(out, ConnectionMetadata.NONE));
		}
		return peer;
	}

	/** The other end. */
	RpcConnection connection() {
		assertThat(this.establishing).isCompleted();
		return this.establishing.join();
	}

	void send(Consumer<ByteBuf> message) {
		this.socket.receive(frame(message));
	}

	void query(int version, RpcId rpc, int rank, long id, Consumer<ByteBuf> data) {
		send((out) -> {
			new MessageWriter(version).query(out, rpc, rank, id, null);
			data.accept(out);
		});
	}

	static byte[] frame(Consumer<ByteBuf> message) {
		ByteBuf bytes = Unpooled.buffer().writeLongLE(0);
		message.accept(bytes);
		bytes.setLongLE(0, bytes.readableBytes() - Long.BYTES);
		return ByteBufUtil.getBytes(bytes);
	}

	/** Alarm by alarm, as each may set another. */
	void advance(Duration duration) {
		for (long second = 0; second < duration.toSeconds(); second++) {
			this.socket.advanceBy(Duration.ofSeconds(1));
		}
	}

	/** All messages that came, the header first. */
	List<byte[]> heard() {
		this.heard.writeBytes(this.socket.run().writtenBytes());
		ByteBuffer stream = ByteBuffer.wrap(this.heard.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
		List<byte[]> frames = new ArrayList<>();
		while (stream.hasRemaining()) {
			byte[] frame = new byte[(int) stream.getLong()];
			stream.get(frame);
			frames.add(frame);
		}
		return frames;
	}

	/** What the last message says, which is why the connection closes. */
	String closeReason() {
		List<byte[]> frames = heard();
		byte[] last = frames.get(frames.size() - 1);
		assertThat(last[0]).as("kind of the last message").isIn(CLOSE_REASON, CLOSE_REASON_V2);
		return new String(last, StandardCharsets.UTF_8);
	}

	/** Both ends know why the connection closed. */
	void assertClosedBecause(String reason) {
		assertThat(closeReason()).contains(reason);
		assertThat(connection().isClosed()).isTrue();
		assertThat(connection().closeReason()).get().asString().contains(reason);
		this.socket.receiveEnd();
		advance(Duration.ofSeconds(31));
		assertThat(connection().closeFinished()).isCompleted();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
