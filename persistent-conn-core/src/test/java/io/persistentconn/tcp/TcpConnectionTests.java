package io.persistentconn.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TcpConnectionTests {

	private static final Duration NANOSECOND = Duration.ofNanos(1);

	@Test
	@Tag("T3")
	void aCleanCloseFlushesFirst() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().holdWrites()) {
			embedded.writer().write("last words");
			CompletableFuture<Void> closed = embedded.connection().closeAsync();
			embedded.run();
			assertThat(embedded.connection().isClosed()).isTrue();
			assertThat(closed).isNotDone();
			assertThat(embedded.channel().isOpen()).isTrue();
			assertThat(embedded.take()).isEqualTo("last words");
			assertThat(closed).isCompleted();
			assertThat(embedded.connection().closeFinished()).isCompleted();
			assertThat(embedded.connection().closeReason()).isEmpty();
		}
	}

	@Test
	@Tag("T3")
	void aCleanCloseWaitsThirtySecondsAndNotLonger() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().holdWrites()) {
			embedded.writer().write("nobody listens");
			CompletableFuture<Void> flushed = embedded.writer().flushed();
			CompletableFuture<Void> closed = embedded.connection().closeAsync();
			embedded.advanceBy(Duration.ofSeconds(30).minus(NANOSECOND));
			assertThat(closed).isNotDone();
			embedded.advanceBy(NANOSECOND);
			assertThat(closed).isCompleted();
			assertThat(Loopback.failureOf(flushed)).isInstanceOf(ConnectionClosedException.class)
				.hasMessage("Connection to peer/<unresolved>:7 was closed by force: after PT30S there were still "
						+ "14 bytes that the OS had not taken");
		}
	}

	@Test
	@Tag("T3")
	void closingTheReaderFirstMakesALaterFlushFail() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer()) {
			embedded.writer().write("not yet flushed");
			embedded.reader().closeAsync();
			CompletableFuture<Void> flushed = embedded.writer().flushed();
			embedded.run();
			assertThat(Loopback.failureOf(flushed)).isInstanceOf(ConnectionClosedException.class);
			assertThat(embedded.written()).isEmpty();
			assertThat(embedded.reader().isClosed()).isTrue();
			assertThat(embedded.writer().closeAsync()).isCompleted();
			assertThat(embedded.reader().closeFinished()).isCompleted();
		}
	}

	@Test
	@Tag("T3")
	void readsFailAfterThisSideClosedEvenIfBytesAreUnread() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().receive("unread\npart")) {
			embedded.reader().readLine();
			embedded.run();
			CompletableFuture<Optional<String>> outstanding = embedded.reader().readLine();
			embedded.connection().closeAsync();
			embedded.run();
			assertThat(Loopback.failureOf(outstanding)).isInstanceOf(ConnectionClosedException.class);
			CompletableFuture<Optional<String>> late = embedded.reader().readLine();
			embedded.run();
			assertThat(Loopback.failureOf(late)).isInstanceOf(ConnectionClosedException.class);
		}
	}

	@Test
	@Tag("T3")
	void aClientClosesAtTheEndOfTheStreamAfterFlushingAndKeepsWhatIsUnread() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofClient().holdWrites()) {
			embedded.writer().write("answer");
			embedded.receive("unread\nrest").receiveEnd();
			assertThat(embedded.connection().isClosed()).isTrue();
			assertThat(embedded.channel().isOpen()).isTrue();
			embedded.take();
			assertThat(embedded.connection().closeFinished()).isCompleted();
			assertThat(embedded.connection().closeReason()).get()
				.isInstanceOfSatisfying(PeerClosedException.class,
						(reason) -> assertThat(reason.remoteAddress()).isEqualTo(EmbeddedConnection.PEER));
			assertThat(readLine(embedded)).contains("unread");
			assertThat(readLine(embedded)).contains("rest");
			assertThat(readLine(embedded)).isEmpty();
		}
	}

	@Test
	@Tag("T3")
	void aServersConnectionStaysHalfOpenUntilItIsClosed() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().receive("request").receiveEnd()) {
			assertThat(readLine(embedded)).contains("request");
			assertThat(readLine(embedded)).isEmpty();
			embedded.writer().write("response");
			embedded.run();
			assertThat(embedded.written()).isEqualTo("response");
			assertThat(embedded.connection().isClosed()).isFalse();
			assertThat(embedded.connection().closeReason()).isEmpty();
		}
	}

	@Test
	@Tag("T3")
	void aResetKeepsWhatCameBeforeAndThenFailsReads() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().receive("before\n")) {
			embedded.channel().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
			embedded.run();
			assertThat(embedded.connection().closeFinished()).isCompleted();
			assertThat(embedded.connection().closeReason()).get()
				.isInstanceOf(ConnectionResetException.class)
				.hasToString("io.persistentconn.tcp.ConnectionResetException: Connection to peer/<unresolved>:7 broke: "
						+ "java.io.IOException: Connection reset by peer");
			assertThat(readLine(embedded)).contains("before");
			CompletableFuture<Optional<String>> next = embedded.reader().readLine();
			embedded.run();
			assertThat(Loopback.failureOf(next)).isSameAs(embedded.connection().closeReason().get());
		}
	}

	@Test
	@Tag("T3")
	void closingIsIdempotentAndItsFuturesAreCopies() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().holdWrites()) {
			embedded.writer().write("x");
			embedded.connection().closeAsync().cancel(false);
			embedded.connection().closeFinished().complete(null);
			CompletableFuture<Void> closed = embedded.connection().closeAsync();
			embedded.run();
			assertThat(closed).isNotDone();
			embedded.take();
			assertThat(closed).isCompleted();
		}
	}

	@Test
	@Tag("T3")
	void aChannelThatIsClosedDirectlyClosesTheConnection() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer()) {
			CompletableFuture<Optional<String>> line = embedded.reader().readLine();
			embedded.channel().close();
			embedded.run();
			assertThat(embedded.connection().isClosed()).isTrue();
			assertThat(embedded.connection().closeReason()).isEmpty();
			assertThat(Loopback.failureOf(line)).isInstanceOf(ConnectionClosedException.class);
		}
	}

	@Test
	@Tag("T4")
	void theBufferAgeLimitIsTwoMinutesByDefaultAndCountsFromTheOldestByte() {
		try (EmbeddedConnection embedded = EmbeddedConnection.ofServer().holdWrites()) {
			embedded.writer().write("old");
			embedded.run();
			embedded.advanceBy(Duration.ofMinutes(1));
			embedded.writer().write("young");
			CompletableFuture<Void> flushed = embedded.writer().flushed();
			embedded.advanceBy(Duration.ofMinutes(1).minus(NANOSECOND));
			assertThat(embedded.connection().isClosed()).isFalse();
			embedded.advanceBy(NANOSECOND);
			assertThat(embedded.connection().closeFinished()).isCompleted();
			assertThat(embedded.connection().closeReason()).get()
				.isInstanceOf(BufferAgeLimitException.class)
				.asString()
				.contains("does not take bytes: the oldest of 8 has waited (expected: at most PT2M)");
			assertThat(Loopback.failureOf(flushed)).isInstanceOf(BufferAgeLimitException.class);
		}
	}

	@Test
	@Tag("T4")
	void bytesThatTheOsTookDoNotAge() {
		ConnectOptions options = ConnectOptions.defaults()
			.withBufferAgeLimit(BufferAgeLimit.atMost(Duration.ofSeconds(10)));
		try (EmbeddedConnection embedded = EmbeddedConnection.ofClient(options).holdWrites()) {
			embedded.writer().write("first");
			embedded.run();
			embedded.advanceBy(Duration.ofSeconds(6));
			embedded.writer().write("second");
			embedded.run();
			embedded.take();
			embedded.advanceBy(Duration.ofSeconds(10).minus(NANOSECOND));
			assertThat(embedded.connection().isClosed()).as("ten seconds after the second write").isFalse();
			embedded.advanceBy(NANOSECOND);
			assertThat(embedded.connection().closeReason()).get().isInstanceOf(BufferAgeLimitException.class);
		}
	}

	@Test
	@Tag("T4")
	void aSteadyStreamThatTheOsTakesInTimeNeverGetsTooOld() {
		ConnectOptions options = ConnectOptions.defaults()
			.withBufferAgeLimit(BufferAgeLimit.atMost(Duration.ofSeconds(10)));
		try (EmbeddedConnection embedded = EmbeddedConnection.ofClient(options).holdWrites()) {
			embedded.writer().write("x");
			embedded.run();
			for (int i = 0; i < 100; i++) {
				embedded.advanceBy(Duration.ofSeconds(9));
				embedded.writer().write("x");
				embedded.run();
				embedded.take();
			}
			assertThat(embedded.connection().isClosed()).isFalse();
		}
	}

	@Test
	@Tag("T4")
	void anUnlimitedAgeIsPossible() {
		ConnectOptions options = ConnectOptions.defaults().withBufferAgeLimit(BufferAgeLimit.unlimited());
		try (EmbeddedConnection embedded = EmbeddedConnection.ofClient(options).holdWrites()) {
			embedded.writer().write("x");
			embedded.advanceBy(Duration.ofDays(1000));
			assertThat(embedded.connection().isClosed()).isFalse();
		}
	}

	@Test
	@Tag("T13")
	void theReadIdleTimeoutCountsFromTheLastBytesReceived() {
		try (EmbeddedConnection embedded = readIdle(Duration.ofSeconds(10))) {
			embedded.advanceBy(Duration.ofSeconds(9));
			embedded.receive("alive");
			embedded.advanceBy(Duration.ofSeconds(10).minus(NANOSECOND));
			assertThat(embedded.connection().isClosed()).isFalse();
			embedded.advanceBy(NANOSECOND);
			assertThat(embedded.connection().closeFinished()).isCompleted();
			assertThat(embedded.connection().closeReason()).get()
				.isInstanceOf(ReadIdleTimeoutException.class)
				.asString()
				.endsWith("is idle: nothing was received for PT10S");
		}
	}

	@Test
	@Tag("T13")
	void writingDoesNotCountAsLife() {
		try (EmbeddedConnection embedded = readIdle(Duration.ofSeconds(10))) {
			embedded.advanceBy(Duration.ofSeconds(9));
			embedded.writer().write("anybody there?");
			embedded.advanceBy(Duration.ofSeconds(1));
			assertThat(embedded.connection().closeReason()).get().isInstanceOf(ReadIdleTimeoutException.class);
		}
	}

	@Test
	@Tag("T13")
	void timeInWhichWeDoNotReadIsNotIdle() {
		ConnectOptions options = ConnectOptions.defaults()
			.withReaderBufferSize(1)
			.withLiveness(Liveness.none().withReadIdleTimeout(Duration.ofSeconds(10)));
		try (EmbeddedConnection embedded = EmbeddedConnection.ofClient(options).receive("full")) {
			assertThat(embedded.isReading()).isFalse();
			embedded.advanceBy(Duration.ofHours(1));
			assertThat(embedded.connection().isClosed()).isFalse();
			embedded.reader().readExactly(4);
			embedded.run();
			embedded.advanceBy(Duration.ofSeconds(10).minus(NANOSECOND));
			assertThat(embedded.connection().isClosed()).isFalse();
			embedded.advanceBy(NANOSECOND);
			assertThat(embedded.connection().closeReason()).get().isInstanceOf(ReadIdleTimeoutException.class);
		}
	}

	@Test
	@Tag("T13")
	void afterTheEndOfTheStreamNothingIsIdle() {
		ConnectionSettings settings = ConnectOptions.defaults()
			.withLiveness(Liveness.none().withReadIdleTimeout(Duration.ofSeconds(10)))
			.connectionSettings();
		try (EmbeddedConnection embedded = new EmbeddedConnection(settings, EofPolicy.STAY_HALF_OPEN)) {
			embedded.receiveEnd();
			embedded.advanceBy(Duration.ofHours(1));
			assertThat(embedded.connection().isClosed()).isFalse();
		}
	}

	@Test
	@Tag("T13")
	void timeoutsOfTheOsAreNamedAfterWhatWasSet() {
		IOException timedOut = new IOException("Connection timed out");
		Liveness keepAlive = Liveness.none().withKeepAlive(Duration.ofSeconds(1), Duration.ofSeconds(2), 3);
		Liveness both = keepAlive.withUserTimeout(Duration.ofSeconds(4));
		try (EmbeddedConnection embedded = EmbeddedConnection.ofClient()) {
			assertThat(explain(embedded, keepAlive, false, timedOut)).isInstanceOf(KeepAliveTimeoutException.class)
				.hasMessageContaining("KeepAlive[idle=PT1S, interval=PT2S, count=3] got no answer");
			assertThat(explain(embedded, both, true, timedOut)).isInstanceOf(UserTimeoutException.class)
				.hasMessageContaining("not acknowledged within PT4S");
			assertThat(explain(embedded, both, true, new IOException("No route to host")))
				.isInstanceOf(UserTimeoutException.class);
			assertThat(explain(embedded, Liveness.none(), true, timedOut)).isInstanceOf(ConnectionResetException.class)
				.hasMessageContaining("the OS gave up");
			assertThat(explain(embedded, both, true, new IOException("Connection reset")))
				.isInstanceOf(ConnectionResetException.class);
		}
	}

	private static TcpConnectionException explain(EmbeddedConnection embedded, Liveness liveness, boolean bytesToWrite,
			IOException cause) {
		return LostPeer.explain(embedded.channel(), EmbeddedConnection.PEER, liveness, bytesToWrite, cause);
	}

	private static EmbeddedConnection readIdle(Duration timeout) {
		return EmbeddedConnection
			.ofClient(ConnectOptions.defaults().withLiveness(Liveness.none().withReadIdleTimeout(timeout)));
	}

	private static Optional<String> readLine(EmbeddedConnection embedded) {
		CompletableFuture<Optional<String>> line = embedded.reader().readLine();
		embedded.run();
		assertThat(line).isCompleted();
		return line.join();
	}

}
