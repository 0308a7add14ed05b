package io.persistentconn.rpc.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.transport.FrameException.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MemoryTransportTests {

	private final IllegalStateException broken = new IllegalStateException("broken");

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final RecordingHandler here = new RecordingHandler();

	private final RecordingHandler there = new RecordingHandler();

	private MemoryTransport first;

	private MemoryTransport second;

	MemoryTransportTests() {
		open();
	}

	private void open() {
		MemoryTransport.Pair pair = MemoryTransport.pair(this.time, this.time, 100_000);
		this.first = pair.first();
		this.second = pair.second();
	}

	private void run(Runnable task) {
		this.time.execute(task);
		this.time.run();
	}

	private void startBoth() {
		run(() -> {
			this.first.start(this.here);
			this.second.start(this.there);
		});
	}

	private void send(String... messages) {
		run(() -> {
			for (String message : messages) {
				this.first.send(Frames.encoder(message));
			}
		});
	}

	@Test
	void messagesGoBothWaysInOrder() {
		startBoth();
		ByteBuf tail = Unpooled.copiedBuffer("tail", UTF_8);
		run(() -> {
			this.first.send(Frames.encoder("a"));
			this.first.send(Frames.encoder("head-"), tail);
			this.second.send(Frames.encoder("c"));
			assertThat(this.there.log).isEmpty();
		});
		assertThat(this.there.log).containsExactly("a", "head-tail");
		assertThat(this.here.log).containsExactly("c");
		assertThat(tail.refCnt()).isZero();
		assertThat(this.first.bytesWritten()).isEqualTo(26).isEqualTo(this.second.bytesRead());
		assertThat(this.first.bytesToWrite()).isZero();
		assertThat(this.first.remoteAddress()).hasToString("memory/<unresolved>:2");
	}

	@Test
	void whatCameBeforeTheStartIsDeliveredThen() {
		send("a", "b");
		assertThat(this.first.bytesToWrite()).isEqualTo(18);
		this.first.closeAsync();
		startBoth();
		assertThat(this.there.log).containsExactly("a", "b", RecordingHandler.END);
		assertThat(this.there.reason()).isNull();
		assertThat(this.here.reason()).isInstanceOf(TransportClosedException.class);
	}

	@Test
	void aCutAtAnyByteIsSeenAsTheEndThere() {
		int length = Frames.of("a", "bc").length;
		for (int i = 0; i <= length; i++) {
			open();
			RecordingHandler sender = new RecordingHandler();
			RecordingHandler receiver = new RecordingHandler();
			run(() -> this.first.start(sender));
			run(() -> this.second.start(receiver));
			this.first.cutAfter(i, null);
			send("a", "bc", "lost");
			assertThat(receiver.log.subList(0, receiver.log.size() - 1))
				.isEqualTo(List.of("a", "bc").subList(0, (i < 9) ? 0 : ((i < 19) ? 1 : 2)));
			if (i == 0 || i == 9 || i == 19) {
				assertThat(receiver.reason()).isNull();
			}
			else {
				int begun = (i < 9) ? i : i - 9;
				assertThat(receiver.reason()).isInstanceOfSatisfying(FrameException.class, (ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.CUT_OFF);
					assertThat(ex.value()).isEqualTo(begun);
				});
			}
			assertThat(sender.log).containsExactly(RecordingHandler.END);
			assertThat(sender.reason()).isNull();
			assertThat(this.first.isClosed()).isFalse();
			assertThat(this.second.bytesRead()).isEqualTo(i);
			CompletableFuture<Void> closed = this.first.closeAsync();
			this.time.run();
			assertThat(closed).isCompleted();
		}
	}

	@Test
	void aCutWithAnErrorBreaksBothEnds() {
		startBoth();
		send("a");
		this.first.cutAfter(9 + 4, this.broken);
		send("b", "c");
		assertThat(this.there.log).containsExactly("a", RecordingHandler.END);
		assertThat(this.there.reason()).isSameAs(this.broken);
		assertThat(this.here.reason()).isSameAs(this.broken);
		for (MemoryTransport end : List.of(this.first, this.second)) {
			assertThat(end.isClosed()).isTrue();
			assertThat(end.closeFinished()).isCompleted();
			assertThat(end.closeReason()).containsSame(this.broken);
			run(() -> end.send(Frames.encoder("late")));
			CompletableFuture<Void> ready = end.readyForMore();
			this.time.run();
			assertThat(ready).isCompletedExceptionally();
		}
		assertThat(this.there.log).containsExactly("a", RecordingHandler.END);
	}

	@Test
	void aCutBehindWhatWasSentIsHereAndNow() {
		startBoth();
		send("a");
		this.first.cutAfter(3, this.broken);
		this.time.run();
		assertThat(this.there.log).containsExactly("a", RecordingHandler.END);
	}

	@Test
	void whatIsDelayedArrivesInTimeAndIsNotOvertaken() {
		startBoth();
		this.first.delay(Duration.ofSeconds(10));
		send("slow");
		this.time.advanceBy(Duration.ofSeconds(4));
		this.first.delay(Duration.ZERO);
		send("quick");
		this.time.advanceBy(Duration.ofSeconds(6).minusNanos(1));
		assertThat(this.there.log).isEmpty();
		assertThat(this.first.bytesToWrite()).isEqualTo(25);
		this.time.advanceBy(Duration.ofNanos(1));
		assertThat(this.there.log).containsExactly("slow", "quick");
		send("now");
		assertThat(this.there.log).containsExactly("slow", "quick", "now");
		assertThat(this.time.pendingAlarms()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> this.first.delay(Duration.ofNanos(-1)))
			.withMessage("delay: PT-0.000000001S (expected: >= 0)");
	}

	@Test
	@Tag("R5")
	void aPeerThatDoesNotReadBacksTheSenderUp() {
		startBoth();
		this.second.holdBack(true);
		String message = "x".repeat(1024 - 8);
		for (int i = 0; i < 64; i++) {
			send(message);
		}
		assertThat(this.first.bytesToWrite()).isEqualTo(65536);
		assertThat(this.first.isBackedUp()).isFalse();
		assertThat(ready()).isCompleted();
		send("a");
		assertThat(this.first.isBackedUp()).isTrue();
		CompletableFuture<Void> ready = ready();
		CompletableFuture<Void> flushed = this.first.flushed();
		this.time.advanceBy(Duration.ofHours(1));
		assertThat(ready).isNotDone();
		assertThat(flushed).isNotDone();
		assertThat(this.there.log).isEmpty();
		this.second.holdBack(false);
		this.time.run();
		assertThat(ready).isCompleted();
		assertThat(flushed).isCompleted();
		assertThat(this.there.log).hasSize(65);
		assertThat(this.first.isBackedUp()).isFalse();
	}

	@Test
	@Tag("R5")
	void aHandlerThatWaitsStopsTheDelivery() {
		List<CompletableFuture<Void>> waits = new ArrayList<>();
		RecordingHandler waiting = new RecordingHandler((message) -> {
			waits.add(new CompletableFuture<>());
			return waits.get(waits.size() - 1);
		});
		run(() -> this.second.start(waiting));
		send("a", "b");
		this.first.closeAsync();
		this.time.run();
		assertThat(waiting.log).containsExactly("a");
		assertThat(this.first.bytesToWrite()).isEqualTo(9);
		waits.get(0).complete(null);
		this.time.run();
		assertThat(waiting.log).containsExactly("a", "b");
		waits.get(1).complete(null);
		this.time.run();
		assertThat(waiting.log).containsExactly("a", "b", RecordingHandler.END);
		assertThat(waiting.reason()).isNull();
	}

	@Test
	void aWaitOrHandlerThatFailsEndsTheDelivery() {
		RecordingHandler failing = new RecordingHandler(
				(message) -> CompletableFuture.failedFuture(this.broken).thenRun(() -> {
				}));
		RecordingHandler throwing = new RecordingHandler((message) -> {
			throw this.broken;
		});
		run(() -> this.first.start(failing));
		run(() -> this.second.start(throwing));
		send("a", "b");
		run(() -> this.second.send(Frames.encoder("c")));
		assertThat(failing.log).containsExactly("c", RecordingHandler.END);
		assertThat(failing.reason()).isSameAs(this.broken);
		assertThat(throwing.log).containsExactly("a", RecordingHandler.END);
		assertThat(throwing.reason()).isSameAs(this.broken);
		assertThat(this.first.bytesToWrite()).isZero();
		assertThat(this.first.isClosed()).isFalse();
	}

	@Test
	@Tag("R8")
	void limitsHoldBothWays() {
		startBoth();
		run(() -> this.second.maxReceivedLength(3));
		send("abc", "abcd", "e");
		assertThat(this.there.log).containsExactly("abc", RecordingHandler.END);
		assertThat(this.there.reason()).isInstanceOf(FrameException.class)
			.hasMessage("Connection to memory/<unresolved>:1: length of a received message: 4 (expected: 1 to 3)");
		run(() -> {
			assertThatExceptionOfType(MessageTooLongException.class)
				.isThrownBy(() -> this.second.send(Frames.encoder("x".repeat(100_001))));
			assertThatIllegalStateException().isThrownBy(() -> this.second.send((buffer) -> {
				buffer.writeByte(1);
				throw this.broken;
			})).isSameAs(this.broken);
			this.second.send(Frames.encoder("x".repeat(100_000)));
		});
		assertThat(this.here.log).containsExactly("x".repeat(100_000));
		assertThatIllegalArgumentException().isThrownBy(() -> MemoryTransport.pair(this.time, this.time, 0));
	}

	@Test
	void closingWaitsThirtySecondsForAPeerThatDoesNotRead() {
		startBoth();
		this.second.holdBack(true);
		send("a");
		CompletableFuture<Void> closed = this.first.closeAsync();
		send("late");
		assertThat(this.here.log).containsExactly(RecordingHandler.END);
		CompletableFuture<Void> flushed = this.first.flushed();
		this.time.advanceBy(Duration.ofSeconds(30).minusNanos(1));
		assertThat(closed).isNotDone();
		this.time.advanceBy(Duration.ofNanos(1));
		assertThat(closed).isCompleted();
		assertThat(flushed).isCompletedExceptionally();
		assertThat(this.first.closeReason()).isEmpty();
		this.second.holdBack(false);
		this.time.run();
		assertThat(this.there.log).containsExactly("a", RecordingHandler.END);
	}

	@Test
	void closingEndsAtOnceWhenThePeerTookAll() {
		startBoth();
		send("a");
		CompletableFuture<Void> closed = this.first.closeAsync();
		this.time.run();
		assertThat(closed).isCompleted();
		assertThat(this.here.reason()).isInstanceOf(TransportClosedException.class);
		assertThat(this.there.log).containsExactly("a", RecordingHandler.END);
		assertThat(this.there.reason()).isNull();
		assertThat(this.second.isClosed()).isFalse();
		run(() -> this.second.send(Frames.encoder("into the void")));
		assertThat(this.second.bytesToWrite()).isZero();
		assertThat(this.here.log).containsExactly(RecordingHandler.END);
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void closingByForceDropsWhatIsOnItsWay() {
		startBoth();
		this.first.delay(Duration.ofSeconds(1));
		send("a");
		CompletableFuture<Void> closed = this.first.closeByForce();
		this.time.run();
		assertThat(closed).isCompleted();
		this.time.advanceBy(Duration.ofSeconds(1));
		assertThat(this.there.log).containsExactly(RecordingHandler.END);
		assertThat(this.there.reason()).isNull();
	}

	@Test
	void bothEndsMayCloseAtOnce() {
		startBoth();
		send("a");
		CompletableFuture<Void> closed = CompletableFuture.allOf(this.first.closeAsync(), this.second.closeAsync(),
				this.first.closeAsync());
		this.time.run();
		assertThat(closed).isCompleted();
		assertThat(this.here.log).containsExactly(RecordingHandler.END);
		assertThat(this.there.log).containsExactly("a", RecordingHandler.END);
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void itIsUsedByItsOwnerOnly() {
		ByteBuf message = Unpooled.copiedBuffer("a", UTF_8);
		assertThatIllegalStateException().isThrownBy(() -> this.first.send(message))
			.withMessageEndingWith("(expected: the owner of the connection to memory/<unresolved>:2)");
		assertThat(message.refCnt()).isZero();
		assertThatIllegalStateException().isThrownBy(() -> this.first.start(this.here));
		assertThatIllegalStateException().isThrownBy(() -> this.first.maxReceivedLength(1));
	}

	@Test
	void twoOwnersOnRealThreadsKeepTheOrder() throws Exception {
		MemoryTransport.Pair pair = MemoryTransport.pair(TimeSource.wallClock(), TimeSource.wallClock());
		this.first = pair.first();
		this.second = pair.second();
		RecordingHandler echo = new RecordingHandler((message) -> {
			this.second.send(Frames.encoder(message));
			return null;
		});
		String[] messages = IntStream.range(0, 10_000).mapToObj(Integer::toString).toArray(String[]::new);
		CompletableFuture<Void> all = new CompletableFuture<>();
		RecordingHandler back = new RecordingHandler((message) -> {
			if (message.equals("9999")) {
				all.complete(null);
			}
			return null;
		});
		this.second.timeSource().execute(() -> this.second.start(echo));
		this.first.timeSource().execute(() -> {
			this.first.start(back);
			for (String message : messages) {
				this.first.send(Frames.encoder(message));
			}
		});
		all.get(60, TimeUnit.SECONDS);
		assertThat(back.log).containsExactly(messages);
		this.first.closeAsync().get(60, TimeUnit.SECONDS);
		assertThat(echo.ended.get(60, TimeUnit.SECONDS)).isNull();
		this.second.closeAsync().get(60, TimeUnit.SECONDS);
	}

	private CompletableFuture<Void> ready() {
		CompletableFuture<Void> ready = this.first.readyForMore();
		this.time.run();
		return ready;
	}

}
