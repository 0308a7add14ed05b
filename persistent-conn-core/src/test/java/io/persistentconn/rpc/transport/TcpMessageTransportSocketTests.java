package io.persistentconn.rpc.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.rpc.transport.FrameException.Kind;
import io.persistentconn.tcp.EachClientKind;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.Loopback;
import io.persistentconn.tcp.PlainClient;
import io.persistentconn.tcp.TcpConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Over real sockets, against a peer of the JDK alone.
 */
class TcpMessageTransportSocketTests extends EachClientKind {

	private static final int BIG = 5 * 1024 * 1024;

	private TcpMessageTransport transport;

	private PlainClient peer;

	private void connect() throws Exception {
		TcpConnection<? extends SocketAddress> connection = this.loopback.connect();
		this.transport = TcpMessageTransport.over(connection, BIG);
		this.peer = this.loopback.accept();
	}

	private void onOwner(Runnable task) {
		Loopback.get(CompletableFuture.runAsync(task, this.transport.timeSource()));
	}

	@Test
	void framesBiggerThanTheBuffersGoBothWays() throws Exception {
		connect();
		String big = "x".repeat(BIG);
		RecordingHandler echo = new RecordingHandler((message) -> {
			this.transport.send(Frames.encoder(message));
			this.transport.send(Unpooled.copiedBuffer(message, UTF_8));
			return null;
		});
		onOwner(() -> this.transport.start(echo));
		CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(Frames.of("a", big, "b")));
		byte[] expected = Frames.of("a", "a", big, big, "b", "b");
		assertThat(this.peer.receive(expected.length)).isEqualTo(new String(expected, UTF_8));
		Loopback.get(sending);
		this.peer.disconnect();
		assertThat(Loopback.get(echo.ended)).isNull();
		Loopback.get(this.transport.closeFinished());
	}

	@Test
	@Tag("R5")
	void aHandlerThatWaitsStopsThePeer() throws Exception {
		connect();
		CompletableFuture<Void> wait = new CompletableFuture<>();
		AtomicLong received = new AtomicLong();
		onOwner(() -> this.transport.start(new FrameHandler() {

			@Override
			public CompletableFuture<?> frame(ByteBuf buffer, int start, int end) {
				received.addAndGet(end - start + 8L);
				return wait.isDone() ? null : wait;
			}

			@Override
			public void ended(Throwable reason) {
			}

		}));
		ByteBuffer frame = ByteBuffer.wrap(Frames.of("x".repeat(1000)));
		this.peer.channel().configureBlocking(false);
		long sent = sendUntilStopped(frame, 256L * 1024 * 1024);
		assertThat(received).hasValue(1008);
		// The reader's buffer, and what one receive may bring beyond.
		assertThat(this.transport.bytesRead()).isLessThan(256 * 1024);
		this.peer.channel().configureBlocking(true);
		wait.complete(null);
		while (frame.hasRemaining()) {
			sent += this.peer.channel().write(frame);
		}
		long total = sent;
		while (received.get() < total) {
			this.loopback.settle();
		}
		assertThat(received).hasValue(total);
	}

	@Test
	@Tag("R8")
	void aPeerThatGoesOnAfterNonsenseIsReadToItsEnd() throws Exception {
		connect();
		RecordingHandler handler = new RecordingHandler();
		onOwner(() -> this.transport.start(handler));
		this.peer.send(Frames.of("a"));
		this.peer.send(Frames.length(-7));
		// Far more than fits between us: we read on, or this would block.
		this.peer.send(new byte[32 * 1024 * 1024]);
		assertThat(Loopback.get(handler.ended)).isInstanceOfSatisfying(FrameException.class,
				(ex) -> assertThat(ex.kind()).isEqualTo(Kind.NEGATIVE));
		assertThat(handler.log).containsExactly("a", RecordingHandler.END);
		onOwner(() -> this.transport.send(Frames.encoder("nonsense")));
		this.transport.closeAsync();
		byte[] expected = Frames.of("nonsense");
		assertThat(this.peer.receive(expected.length)).isEqualTo(new String(expected, UTF_8));
	}

	@Test
	void closingFlushesWhatWasSent() throws Exception {
		connect();
		String message = "x".repeat(1024 * 1024);
		onOwner(() -> {
			for (int i = 0; i < 8; i++) {
				this.transport.send(Frames.encoder(message));
				this.transport.send(Unpooled.copiedBuffer(message, UTF_8));
			}
			assertThat(this.transport.isBackedUp()).isTrue();
			assertThat(this.transport.readyForMore()).isNotDone();
		});
		CompletableFuture<Void> flushed = this.transport.flushed();
		CompletableFuture<Void> closed = this.transport.closeAsync();
		assertThat(this.peer.receiveToEnd()).hasSize(16 * (8 + message.length()));
		Loopback.get(flushed);
		assertThat(this.transport.bytesWritten()).isEqualTo(16L * (8 + message.length()));
		this.peer.disconnect();
		Loopback.get(closed);
	}

	@Test
	void aHandlerThatClosesGetsNoMoreAndMayStillReadWhatItGot() throws Exception {
		connect();
		RecordingHandler closing = new RecordingHandler((message) -> {
			this.transport.closeAsync();
			return null;
		});
		this.peer.send(Frames.of("a", "b"));
		onOwner(() -> this.transport.start(closing));
		assertThat(Loopback.get(closing.ended)).isInstanceOf(TransportClosedException.class)
			.hasMessage("Connection to " + this.transport.remoteAddress() + " was closed on this side");
		this.peer.send(Frames.of("c"));
		this.peer.disconnect();
		Loopback.get(this.transport.closeFinished());
		this.loopback.settle();
		assertThat(closing.log).containsExactly("a", RecordingHandler.END);
	}

	@Test
	void itIsUsedByItsOwnerOnly() throws Exception {
		connect();
		ByteBuf message = Unpooled.copiedBuffer("a", UTF_8);
		assertThatIllegalStateException().isThrownBy(() -> this.transport.start(new RecordingHandler()))
			.withMessageStartingWith("start was called by")
			.withMessageEndingWith(
					"(expected: the event loop of the connection to " + this.transport.remoteAddress() + ")");
		assertThatIllegalStateException().isThrownBy(() -> this.transport.send(Frames.encoder("a")));
		assertThatIllegalStateException().isThrownBy(() -> this.transport.send(message));
		assertThatIllegalStateException().isThrownBy(() -> this.transport.maxReceivedLength(1));
		assertThat(message.refCnt()).isZero();
		assertThat(this.transport.timeSource()).isInstanceOf(EventLoopTimeSource.class);
	}

	private void send(byte[] bytes) {
		try {
			this.peer.send(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends frames until none more is taken; the last may be sent in part. */
	private long sendUntilStopped(ByteBuffer frame, long limit) throws Exception {
		long sent = 0;
		int refusals = 0;
		while (refusals < 3) {
			if (!frame.hasRemaining()) {
				frame.rewind();
			}
			int written = this.peer.channel().write(frame);
			sent += written;
			if (sent > limit) {
				throw new AssertionError("The peer was not stopped");
			}
			if (written > 0) {
				refusals = 0;
			}
			else {
				refusals++;
				this.loopback.settle();
			}
		}
		return sent;
	}

}
