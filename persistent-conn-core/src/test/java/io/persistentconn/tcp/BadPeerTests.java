package io.persistentconn.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.VirtualTimeSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that misbehave cost their own connection, or nothing, and bounded memory.
 */
class BadPeerTests extends EachClientKind {

	private static final Duration NANOSECOND = Duration.ofNanos(1);

	private final VirtualTimeSource time = new VirtualTimeSource();

	@Test
	@Tag("T2")
	void aPeerThatSendsNothingOrHalfALineDisturbsNobody() throws Exception {
		CompletableFuture<Optional<String>> nothing = this.loopback.connect().reader().readLine();
		this.loopback.accept();
		CompletableFuture<Optional<String>> half = this.loopback.connect().reader().readLine();
		this.loopback.accept().send("half");
		TcpConnection<?> good = this.loopback.connect();
		this.loopback.accept().send("a line\n");
		assertThat(Loopback.get(good.reader().readLine())).contains("a line");
		assertThat(nothing).isNotDone();
		assertThat(half).isNotDone();
	}

	@Test
	@Tag("T2")
	void garbageWithoutALineEndClosesItsOwnConnectionOnly() throws Exception {
		TcpConnection<?> bad = this.loopback.connect();
		PlainClient badPeer = this.loopback.accept();
		TcpConnection<?> good = this.loopback.connect();
		PlainClient goodPeer = this.loopback.accept();
		CompletableFuture<Optional<String>> line = bad.reader().readLine();
		badPeer.send(new byte[TcpReader.DEFAULT_MAX_LINE_LENGTH + 1]);
		assertThat(Loopback.failureOf(line)).isInstanceOf(DelimiterNotFoundException.class);
		Loopback.get(bad.closeFinished());
		assertThat(bad.closeReason()).get().isInstanceOf(DelimiterNotFoundException.class);
		badPeer.awaitClosed();
		goodPeer.send("still here\n");
		assertThat(Loopback.get(good.reader().readLine())).contains("still here");
	}

	@Test
	@Tag("T2")
	void aPeerIsSlowedDownWhenNobodyReads() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		int sent = sendUntilItBlocks(peer);
		assertThat(sent).isLessThan(64_000_000);
		CompletableFuture<byte[]> all = connection.reader().readExactly(sent);
		assertThat(Loopback.get(all)).hasSize(sent);
	}

	@Test
	@Tag("T2")
	void aSlowReceiverSlowsDownTheSenderThroughATransfer() throws Exception {
		TcpConnection<?> from = this.loopback.connect();
		PlainClient sender = this.loopback.accept();
		TcpConnection<?> to = this.loopback.connect();
		PlainClient receiver = this.loopback.accept();
		CompletableFuture<Long> transferred = from.reader().transferTo(to.writer());
		long sent = sendUntilItBlocks(sender);
		assertThat(to.writer().bytesToWrite()).isPositive().isLessThan(1_000_000);
		CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> {
			try {
				return receiver.receiveToEnd();
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		});
		sender.channel().shutdownOutput();
		assertThat(Loopback.get(transferred)).isEqualTo(sent);
		to.closeAsync();
		assertThat((long) Loopback.get(received).length()).isEqualTo(sent);
	}

	@Test
	@Tag("T4")
	void aPeerThatNeverReadsIsGivenUpAfterTheBufferAgeLimit() throws Exception {
		TcpConnection<?> connection = this.loopback.connect(ConnectOptions.defaults().withTimeSource(this.time));
		PlainClient peer = this.loopback.accept();
		while (!connection.writer().isBackedUp()) {
			connection.writer().write(new byte[1_000_000]);
			this.loopback.settle();
		}
		CompletableFuture<Void> flushed = connection.writer().flushed();
		this.time.advanceBy(Duration.ofMinutes(2).minus(NANOSECOND));
		this.loopback.settle();
		assertThat(connection.isClosed()).isFalse();
		this.time.advanceBy(NANOSECOND);
		Loopback.get(connection.closeFinished());
		assertThat(connection.closeReason()).get().isInstanceOf(BufferAgeLimitException.class);
		assertThat(Loopback.failureOf(flushed)).isInstanceOf(BufferAgeLimitException.class);
		assertThat(this.time.pendingAlarms()).isZero();
		peer.awaitClosed();
	}

	@Test
	@Tag("T3")
	void aPeerThatNeverReadsDelaysACleanCloseByThirtySeconds() throws Exception {
		TcpConnection<?> connection = this.loopback.connect(
				ConnectOptions.defaults().withBufferAgeLimit(BufferAgeLimit.unlimited()).withTimeSource(this.time));
		PlainClient peer = this.loopback.accept();
		connection.writer().write(new byte[16_000_000]);
		CompletableFuture<Void> closed = connection.closeAsync();
		this.loopback.settle();
		this.time.advanceBy(Duration.ofSeconds(30).minus(NANOSECOND));
		this.loopback.settle();
		assertThat(closed).isNotDone();
		this.time.advanceBy(NANOSECOND);
		Loopback.get(closed);
		peer.awaitClosed();
	}

	/** Sends until the OS takes nothing more for a while, and says how much it took. */
	private int sendUntilItBlocks(PlainClient peer) throws Exception {
		peer.channel().configureBlocking(false);
		ByteBuffer zeros = ByteBuffer.allocate(100_000);
		int sent = 0;
		int blocked = 0;
		while (blocked < 20 && sent < 100_000_000) {
			int written = peer.channel().write(zeros.clear());
			sent += written;
			blocked = (written > 0) ? 0 : blocked + 1;
			this.loopback.settle();
		}
		peer.channel().configureBlocking(true);
		return sent;
	}

}
