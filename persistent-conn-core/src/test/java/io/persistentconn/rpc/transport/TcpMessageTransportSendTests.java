package io.persistentconn.rpc.transport;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.persistentconn.tcp.EmbeddedConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is sent, and what is not.
 */
class TcpMessageTransportSendTests {

	private static final int MAX_LENGTH = 5000;

	private EmbeddedConnection embedded = EmbeddedConnection.ofServer();

	private TcpMessageTransport transport = TcpMessageTransport.over(this.embedded.connection(), MAX_LENGTH);

	@AfterEach
	void close() {
		this.embedded.close();
	}

	private void open(EmbeddedConnection connection) {
		this.embedded.close();
		this.embedded = connection;
		this.transport = TcpMessageTransport.over(connection.connection(), MAX_LENGTH);
	}

	@Test
	void everyKindOfSendKeepsTheOrder() {
		String big = "x".repeat(4000);
		this.transport.send(Frames.encoder("a"));
		this.transport.send(Unpooled.copiedBuffer("b", UTF_8));
		this.transport.send(Unpooled.copiedBuffer(big, UTF_8));
		this.transport.send(Frames.encoder("head-"), Unpooled.copiedBuffer("tail", UTF_8));
		this.transport.send(Frames.encoder("head-"), Unpooled.copiedBuffer(big, UTF_8));
		this.transport.send(Frames.encoder(big));
		this.transport.send(Frames.encoder("c"));
		byte[] expected = Frames.of("a", "b", big, "head-tail", "head-" + big, big, "c");
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEqualTo(expected);
		assertThat(this.transport.bytesToWrite()).isZero();
		assertThat(this.transport.bytesWritten()).isEqualTo(expected.length);
	}

	@Test
	void anEncoderThatThrowsLeavesNothingBehind() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
		open(EmbeddedConnection.ofServer(allocator));
		IllegalStateException error = new IllegalStateException("no");
		ByteBuf tail = Unpooled.copiedBuffer("tail", UTF_8);
		FrameEncoder failing = (buffer) -> {
			buffer.writeZero(MAX_LENGTH);
			throw error;
		};
		assertThatIllegalStateException().isThrownBy(() -> this.transport.send(failing)).isSameAs(error);
		assertThatIllegalStateException().isThrownBy(() -> this.transport.send(failing, tail)).isSameAs(error);
		assertThat(tail.refCnt()).isZero();
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEmpty();
		assertThat(allocator.metric().usedDirectMemory()).isZero();
		this.transport.send(Frames.encoder("a"));
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEqualTo(Frames.of("a"));
	}

	@Test
	@Tag("R8")
	void aMessageThatIsTooLongIsTakenBack() {
		ByteBuf tail = Unpooled.copiedBuffer("x".repeat(MAX_LENGTH), UTF_8);
		this.transport.send(Frames.encoder("a"));
		assertThatExceptionOfType(MessageTooLongException.class)
			.isThrownBy(() -> this.transport.send(Frames.encoder("x".repeat(MAX_LENGTH + 1))))
			.withMessage(
					"Connection to peer/<unresolved>:7: length of a message to send: 5001 (expected: at most 5000)")
			.satisfies((ex) -> assertThat(ex.length()).isEqualTo(5001))
			.satisfies((ex) -> assertThat(ex.maxLength()).isEqualTo(5000));
		assertThatExceptionOfType(MessageTooLongException.class)
			.isThrownBy(() -> this.transport.send(Frames.encoder("head"), tail))
			.satisfies((ex) -> assertThat(ex.length()).isEqualTo(5004));
		assertThat(tail.refCnt()).isZero();
		this.transport.send(Frames.encoder("x".repeat(MAX_LENGTH)));
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEqualTo(Frames.of("a", "x".repeat(MAX_LENGTH)));
	}

	@Test
	void anEmptyMessageIsRefused() {
		ByteBuf empty = Unpooled.buffer();
		assertThatIllegalArgumentException().isThrownBy(() -> this.transport.send(Frames.encoder("")))
			.withMessage("length of a message: 0 (expected: > 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.transport.send(empty));
		assertThat(empty.refCnt()).isZero();
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEmpty();
	}

	@Test
	void anEncoderMustNotSend() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.transport.send((buffer) -> this.transport.send(Frames.encoder("inner"))))
			.withMessage("Connection to peer/<unresolved>:7: send was called by an encoder (expected: by no encoder)");
		this.transport.send(Frames.encoder("a"));
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEqualTo(Frames.of("a"));
	}

	@Test
	@Tag("R6")
	void oneBufferGoesToAThousandTransportsWithoutACopy() {
		ByteBuf payload = Unpooled.directBuffer().writeBytes("p".repeat(4000).getBytes(UTF_8));
		List<EmbeddedConnection> connections = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			EmbeddedConnection connection = EmbeddedConnection.ofServer();
			connections.add(connection);
			TcpMessageTransport one = TcpMessageTransport.over(connection.connection(), MAX_LENGTH);
			one.send(Frames.encoder("id " + i + ","), payload.retainedDuplicate());
		}
		assertThat(payload.refCnt()).isEqualTo(1001);
		for (int i = 0; i < 1000; i++) {
			EmbeddedConnection connection = connections.get(i);
			connection.run();
			ByteBuf head = connection.channel().readOutbound();
			assertThat(head.getLongLE(0)).isEqualTo(4000 + ("id " + i + ",").length());
			assertThat(head.toString(8, head.readableBytes() - 8, UTF_8)).isEqualTo("id " + i + ",");
			ByteBuf tail = connection.channel().readOutbound();
			assertThat(tail.readableBytes()).isEqualTo(4000);
			assertThat(tail.memoryAddress() + tail.readerIndex()).isEqualTo(payload.memoryAddress());
			assertThat(connection.channel().<Object>readOutbound()).isNull();
			head.release();
			tail.release();
			connection.close();
		}
		assertThat(payload.refCnt()).isEqualTo(1);
		payload.release();
	}

}
