package io.persistentconn.rpc.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.persistentconn.rpc.transport.FrameException.Kind;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.ConnectionResetException;
import io.persistentconn.tcp.EmbeddedConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TcpMessageTransportTests {

	private static final int MAX_LENGTH = 5000;

	private EmbeddedConnection embedded = EmbeddedConnection.ofServer();

	private TcpMessageTransport transport = TcpMessageTransport.over(this.embedded.connection(), MAX_LENGTH);

	private final RecordingHandler handler = new RecordingHandler();

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
	void framesAreFoundWhereverTheStreamIsCut() {
		byte[] stream = Frames.of("a", "bcd", "e".repeat(300), "f");
		for (int i = 0; i <= stream.length; i++) {
			open(EmbeddedConnection.ofServer());
			RecordingHandler recording = new RecordingHandler();
			this.transport.start(recording);
			this.embedded.receive(Arrays.copyOf(stream, i)).receive(Arrays.copyOfRange(stream, i, stream.length));
			assertThat(recording.log).containsExactly("a", "bcd", "e".repeat(300), "f");
		}
	}

	@Test
	void framesAreFoundByteByByte() {
		this.transport.start(this.handler);
		for (byte next : Frames.of("a", "bcd", "e".repeat(300), "f")) {
			this.embedded.receive(new byte[] { next });
		}
		assertThat(this.handler.log).containsExactly("a", "bcd", "e".repeat(300), "f");
		assertThat(this.transport.bytesRead()).isEqualTo(4 * 8 + 1 + 3 + 300 + 1);
	}

	@Test
	void whatManyFramesOfOneReceiveSendIsFlushedOnce() {
		RecordingHandler echo = new RecordingHandler((message) -> {
			this.transport.send(Frames.encoder(message));
			return null;
		});
		this.transport.start(echo);
		String[] messages = IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);
		this.embedded.run().receive(Frames.of(messages));
		assertThat(this.embedded.flushes()).isEqualTo(1);
		assertThat(this.embedded.writtenBytes()).isEqualTo(Frames.of(messages));
	}

	@Test
	void whatCameBeforeTheStartIsDeliveredThenAndNotInPlace() {
		this.embedded.receive(Frames.of("a", "b")).receiveEnd();
		this.transport.start(this.handler);
		assertThat(this.handler.log).isEmpty();
		this.embedded.run();
		assertThat(this.handler.log).containsExactly("a", "b", RecordingHandler.END);
		assertThatIllegalStateException().isThrownBy(() -> this.transport.start(this.handler))
			.withMessage("Connection to peer/<unresolved>:7 was started before (expected: once)");
	}

	@ParameterizedTest
	@Tag("R8")
	@CsvSource({ "-1, NEGATIVE", "-9223372036854775808, NEGATIVE", "0, ZERO", "5001, TOO_LONG", "4294967297, TOO_LONG",
			"9223372036854775807, TOO_LONG" })
	void aMalformedLengthEndsTheDeliveryAndNotTheConnection(long length, Kind kind) {
		this.transport.start(this.handler);
		this.embedded.receive(Frames.of("a"), Frames.length(length)).receive(Frames.of("b"));
		assertThat(this.handler.log).containsExactly("a", RecordingHandler.END);
		assertThat(this.handler.reason()).isInstanceOfSatisfying(FrameException.class, (ex) -> {
			assertThat(ex.kind()).isEqualTo(kind);
			assertThat(ex.value()).isEqualTo(length);
			assertThat(ex).hasMessage("Connection to peer/<unresolved>:7: length of a received message: " + length
					+ " (expected: 1 to 5000)");
		});
		assertThat(this.transport.isClosed()).isFalse();
		this.transport.send(Frames.encoder("you sent nonsense"));
		this.embedded.run();
		assertThat(this.embedded.writtenBytes()).isEqualTo(Frames.of("you sent nonsense"));
	}

	@Test
	@Tag("R8")
	void afterAMalformedLengthWhatComesIsDroppedSoThatMemoryIsFlat() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
		open(EmbeddedConnection.ofServer(allocator));
		this.transport.start(this.handler);
		this.embedded.receive(Frames.length(0));
		for (int i = 0; i < 1000; i++) {
			this.embedded.receive(new byte[1024]);
		}
		assertThat(this.embedded.isReading()).isTrue();
		assertThat(allocator.metric().usedDirectMemory()).isZero();
		assertThat(allocator.metric().usedHeapMemory()).isZero();
	}

	@Test
	@Tag("R8")
	void aClaimedLengthTakesNoMemoryBeforeItsBytesCome() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
		open(EmbeddedConnection.ofServer(allocator));
		this.transport.maxReceivedLength(Integer.MAX_VALUE);
		this.transport.start(this.handler);
		this.embedded.receive(Frames.length(Integer.MAX_VALUE)).receive(new byte[100]).receive(new byte[100]);
		assertThat(this.handler.log).isEmpty();
		assertThat(allocator.metric().usedDirectMemory()).isBetween(208L, 512L);
	}

	@Test
	@Tag("R8")
	void aNewLimitHoldsFromTheNextFrameOn() {
		RecordingHandler raising = new RecordingHandler((message) -> {
			this.transport.maxReceivedLength(message.length() * 2);
			return null;
		});
		this.transport.maxReceivedLength(2);
		this.transport.start(raising);
		this.embedded.receive(Frames.of("ab", "abcd", "abcdefgh", "a".repeat(17)));
		assertThat(raising.log).containsExactly("ab", "abcd", "abcdefgh", RecordingHandler.END);
		assertThat(raising.reason()).hasMessageEndingWith("length of a received message: 17 (expected: 1 to 16)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.transport.maxReceivedLength(0))
			.withMessage("maxLength: 0 (expected: >= 1)");
		assertThatIllegalArgumentException().isThrownBy(() -> TcpMessageTransport.over(this.embedded.connection(), -1))
			.withMessage("maxLength: -1 (expected: >= 1)");
	}

	@Test
	void theEndOfTheStreamIsInOrderOnlyBetweenFrames() {
		byte[] stream = Frames.of("a", "bc");
		for (int i = 0; i <= stream.length; i++) {
			open(EmbeddedConnection.ofServer());
			RecordingHandler recording = new RecordingHandler();
			this.transport.start(recording);
			this.embedded.receive(Arrays.copyOf(stream, i)).receiveEnd();
			if (i == 0 || i == 9 || i == 19) {
				assertThat(recording.reason()).isNull();
			}
			else {
				int begun = (i < 9) ? i : i - 9;
				assertThat(recording.reason()).isInstanceOfSatisfying(FrameException.class, (ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.CUT_OFF);
					assertThat(ex.value()).isEqualTo(begun);
					assertThat(ex).hasMessage("Connection to peer/<unresolved>:7: the stream ended " + begun
							+ " bytes into a frame (expected: the rest of it)");
				});
			}
			assertThat(recording.log).containsOnlyOnce(RecordingHandler.END);
		}
	}

	@Test
	void aBrokenConnectionEndsTheDeliveryAfterWhatHadCome() {
		this.transport.start(this.handler);
		this.embedded.receive(Frames.of("a"));
		this.embedded.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		this.embedded.run();
		assertThat(this.handler.log).containsExactly("a", RecordingHandler.END);
		assertThat(this.handler.reason()).isInstanceOf(ConnectionResetException.class);
		assertThat(this.transport.isClosed()).isTrue();
		assertThat(this.transport.closeReason()).containsSame(this.handler.reason());
	}

	@Test
	void aHandlerThatThrowsEndsTheDelivery() {
		IllegalStateException error = new IllegalStateException("no");
		RecordingHandler throwing = new RecordingHandler((message) -> {
			throw error;
		});
		this.transport.start(throwing);
		this.embedded.receive(Frames.of("a", "b")).receive(Frames.of("c"));
		assertThat(throwing.log).containsExactly("a", RecordingHandler.END);
		assertThat(throwing.reason()).isSameAs(error);
		assertThat(this.transport.isClosed()).isFalse();
	}

	@Test
	@Tag("R5")
	void aHandlerThatWaitsStopsTheReadingAndLosesNothing() {
		open(EmbeddedConnection.ofClient(ConnectOptions.defaults().withReaderBufferSize(100)));
		List<CompletableFuture<Void>> waits = new ArrayList<>();
		RecordingHandler waiting = new RecordingHandler((message) -> {
			waits.add(new CompletableFuture<>());
			return waits.get(waits.size() - 1);
		});
		this.transport.start(waiting);
		this.embedded.receive(Frames.of("a", "b", "c".repeat(100)));
		assertThat(waiting.log).containsExactly("a");
		assertThat(this.embedded.isReading()).isFalse();
		waits.get(0).complete(null);
		this.embedded.run();
		assertThat(waiting.log).containsExactly("a", "b");
		waits.get(1).complete(null);
		this.embedded.run();
		assertThat(waiting.log).containsExactly("a", "b", "c".repeat(100));
		assertThat(this.embedded.isReading()).isTrue();
		this.embedded.receiveEnd();
		assertThat(waiting.log).doesNotContain(RecordingHandler.END);
		waits.get(2).complete(null);
		this.embedded.run();
		assertThat(waiting.reason()).isNull();
	}

	@Test
	void aWaitThatFailsEndsTheDelivery() {
		for (boolean atOnce : new boolean[] { true, false }) {
			open(EmbeddedConnection.ofServer());
			CompletableFuture<Void> wait = new CompletableFuture<>();
			IllegalStateException error = new IllegalStateException("no");
			if (atOnce) {
				wait.completeExceptionally(error);
			}
			RecordingHandler waiting = new RecordingHandler((message) -> wait);
			this.transport.start(waiting);
			this.embedded.receive(Frames.of("a", "b"));
			wait.completeExceptionally(error);
			this.embedded.run().receive(Frames.of("c"));
			assertThat(waiting.log).containsExactly("a", RecordingHandler.END);
			assertThat(waiting.reason()).isSameAs(error);
		}
	}

	@Test
	void closingFlushesFirstAndDropsWhatIsSentAfterwards() {
		this.embedded.holdWrites();
		this.transport.start(this.handler);
		this.embedded.run();
		this.transport.send(Frames.encoder("a"));
		CompletableFuture<Void> closed = this.transport.closeAsync();
		ByteBuf late = Unpooled.copiedBuffer("late", UTF_8);
		this.transport.send(late);
		this.transport.send((buffer) -> {
			throw new AssertionError("Encoded after the close");
		});
		assertThat(late.refCnt()).isZero();
		assertThat(this.transport.bytesToWrite()).isEqualTo(9);
		this.embedded.run().receive(Frames.of("b"));
		assertThat(this.handler.log).containsExactly(RecordingHandler.END);
		assertThat(this.handler.reason()).isInstanceOf(TransportClosedException.class);
		assertThat(this.transport.isClosed()).isTrue();
		assertThat(closed).isNotDone();
		assertThat(this.embedded.take()).endsWith("a").hasSize(9);
		this.embedded.receiveEnd();
		assertThat(closed).isCompleted();
		assertThat(this.handler.log).containsExactly(RecordingHandler.END);
		assertThat(this.transport.closeReason()).isEmpty();
	}

	@Test
	void closingByForceEndsTheDeliveryToo() {
		this.transport.start(this.handler);
		this.embedded.run();
		CompletableFuture<Void> closed = this.transport.closeByForce();
		this.embedded.run();
		assertThat(closed).isCompleted();
		assertThat(this.handler.log).containsExactly(RecordingHandler.END);
		assertThat(this.handler.reason()).isInstanceOf(TransportClosedException.class);
	}

	@Test
	void aTransportThatIsStartedAfterItsCloseIsToldOfTheEnd() {
		this.embedded.receive(Frames.of("a"));
		this.transport.closeByForce();
		this.embedded.run();
		this.transport.start(this.handler);
		this.embedded.run();
		assertThat(this.handler.log).containsExactly(RecordingHandler.END);
		assertThat(this.handler.reason()).isInstanceOf(TransportClosedException.class);
	}

}
