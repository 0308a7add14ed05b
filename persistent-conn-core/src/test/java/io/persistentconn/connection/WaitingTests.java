package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.persistentconn.concurrent.NonBlockingThread;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Getting at the connection: C5, C6, C7.
 */
class WaitingTests {

	private final Scenario scenario = new Scenario();

	private final PersistentConnection<FakeConnection> connection = this.scenario.connection;

	@Test
	@Tag("C5")
	void connectedCompletesWithTheFirstConnectionFromTheCallOn() {
		CompletableFuture<FakeConnection> early = this.connection.connected();
		this.scenario.refuse("refused");
		this.scenario.start();
		assertThat(early).isNotDone();
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		assertThat(early).isCompletedWithValue(this.scenario.lastConnection());
		assertThat(this.connection.connected()).isCompletedWithValue(this.scenario.lastConnection());
	}

	@Test
	@Tag("C5")
	void connectedNeverHandsOutAClosedConnection() {
		this.scenario.start();
		FakeConnection first = this.scenario.lastConnection();
		first.beginClosing();
		CompletableFuture<FakeConnection> next = this.connection.connected();
		this.scenario.advanceSeconds(60);
		assertThat(next).isNotDone();
		first.finishClosing();
		this.scenario.time.run();
		assertThat(next).isCompletedWithValue(this.scenario.connections.get(1));
	}

	@Test
	@Tag("C5")
	void aConnectionThatArrivesClosedIsNotHandedOut() {
		CompletableFuture<FakeConnection> waiting = this.connection.connected();
		CompletableFuture<FakeConnection> outcome = this.connection.connectedOrFailedToConnect();
		this.scenario.connect = (address) -> {
			FakeConnection dead = this.scenario.newConnection();
			dead.die();
			return CompletableFuture.completedStage(dead);
		};
		this.scenario.start();
		assertThat(waiting).isNotDone();
		assertThat(outcome).isNotDone();
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		assertThat(waiting).isCompletedWithValue(this.scenario.connections.get(1));
		assertThat(outcome).isCompletedWithValue(this.scenario.connections.get(1));
	}

	@Test
	@Tag("C5")
	void afterCloseConnectedNeverCompletes() {
		CompletableFuture<FakeConnection> before = this.connection.connected();
		this.connection.closeAsync();
		CompletableFuture<FakeConnection> between = this.connection.connected();
		this.scenario.start();
		CompletableFuture<FakeConnection> after = this.connection.connected();
		this.scenario.advanceSeconds(60);
		assertThat(List.of(before, between, after)).noneMatch(CompletableFuture::isDone);
		assertThat(this.connection.waiting()).as("and nothing is kept for it").isZero();
		before.cancel(false);
		after.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS);
		assertThat(before).as("but its caller may give up").isCancelled();
		assertThat(after).succeedsWithin(Duration.ofMinutes(1));
	}

	@Test
	@Tag("C5")
	void aMillionWaitersThatGiveUpDuringAnOutageLeaveNothingBehind() {
		this.scenario.refuse("refused");
		this.scenario.start();
		for (int i = 0; i < 500_000; i++) {
			this.connection.connected().cancel(false);
			this.connection.connected().completeExceptionally(new IllegalStateException("timed out"));
		}
		assertThat(this.connection.waiting()).isZero();
	}

	@Test
	@Tag("C5")
	void cancellingOneHarmsNobodyElse() {
		CompletableFuture<FakeConnection> one = this.connection.connected();
		CompletableFuture<FakeConnection> other = this.connection.connected();
		one.cancel(false);
		other.orTimeout(1, TimeUnit.HOURS);
		this.scenario.start();
		assertThat(one).isCancelled();
		assertThat(other).isCompletedWithValue(this.scenario.lastConnection());
	}

	@Test
	@Tag("C5")
	void waitersAreServedInTheOrderInWhichTheyCame() {
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			int me = i;
			this.connection.connected().thenRun(() -> order.add(me));
		}
		this.scenario.start();
		assertThat(order).hasSize(100).isSorted();
	}

	@Test
	@Tag("C6")
	void theOutcomeIsThereAtOnceWhenConnected() {
		this.scenario.start();
		assertThat(this.connection.connectedOrFailedToConnect()).isCompletedWithValue(this.scenario.lastConnection());
	}

	@Test
	@Tag("C6")
	void theOutcomeIsThatOfTheNextAttemptEvenIfItsFailureIsNotReported() {
		this.scenario.refuse("refused");
		CompletableFuture<FakeConnection> first = this.connection.connectedOrFailedToConnect();
		this.scenario.start();
		assertThat(first).isCompletedExceptionally();
		CompletableFuture<FakeConnection> second = this.connection.connectedOrFailedToConnect();
		assertThat(second).isNotDone();
		this.scenario.heard();
		this.scenario.advanceSeconds(10);
		assertThat(this.scenario.heard()).doesNotContain("10 failed refused");
		assertThat(second).failsWithin(Duration.ZERO).withThrowableThat().havingCause().withMessage("refused");
		CompletableFuture<FakeConnection> third = this.connection.connectedOrFailedToConnect();
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		assertThat(third).isCompletedWithValue(this.scenario.lastConnection());
	}

	@Test
	@Tag("C6")
	void theOutcomeFailsWhenClosed() {
		this.scenario.connect = (address) -> new CompletableFuture<>();
		this.scenario.start();
		CompletableFuture<FakeConnection> waiting = this.connection.connectedOrFailedToConnect();
		this.connection.closeAsync();
		this.scenario.time.run();
		for (CompletableFuture<FakeConnection> outcome : List.of(waiting,
				this.connection.connectedOrFailedToConnect())) {
			assertThat(outcome).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(ConnectionClosedException.class)
				.withMessage("test: the persistent connection is closed");
		}
	}

	@Test
	@Tag("C6")
	void theOutcomeFailsWhenAborted() {
		CompletableFuture<FakeConnection> waiting = this.connection.connectedOrFailedToConnect();
		this.scenario.connect = (address) -> {
			this.scenario.contexts.get(0).abort(new IllegalStateException("not allowed"));
			return new CompletableFuture<FakeConnection>();
		};
		this.scenario.start();
		assertThat(waiting).as("the attempt is still under way").isNotDone();
		this.connection.closeAsync();
		this.scenario.time.run();
		assertThat(waiting).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ConnectionClosedException.class)
			.withMessage("test: connecting was aborted: not allowed")
			.havingCause()
			.withMessage("not allowed");
	}

	@Test
	@Tag("C6")
	void whoDoesNotWaitLearnsAtOnceWhyThereIsNoConnection() {
		assertThat(notConnected(this.connection.connected(Duration.ZERO)))
			.hasMessage("test: not connected; it is not started");
		this.scenario.refuse("refused");
		this.scenario.start();
		assertThat(notConnected(this.connection.connected(Duration.ZERO)))
			.hasMessage("test: not connected; the last attempt failed: java.lang.IllegalStateException: refused");
		assertThat(this.connection.waiting()).isZero();
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		assertThat(this.connection.connected(Duration.ZERO)).isCompletedWithValue(this.scenario.lastConnection());
	}

	@Test
	@Tag("C6")
	void whoWaitsForSomeTimeLearnsOfTheConnectionTheTimeoutOrTheClose() {
		this.scenario.refuse("refused");
		this.scenario.start();
		CompletableFuture<?> tooShort = this.connection.connected(Duration.ofSeconds(5));
		this.scenario.advance(Duration.ofSeconds(5).minusNanos(1));
		assertThat(tooShort).isNotDone();
		this.scenario.advance(Duration.ofNanos(1));
		assertThat(notConnected(tooShort)).hasMessageStartingWith("test: not connected after PT5S; ");
		CompletableFuture<?> closed = this.connection.connected(Duration.ofSeconds(60));
		this.connection.closeAsync();
		this.scenario.time.run();
		assertThat(closed.handle((connection, failure) -> failure).join())
			.isInstanceOf(ConnectionClosedException.class);
		assertThat(this.scenario.time.pendingAlarms()).as("its alarm is released").isZero();
		assertThat(this.connection.waiting()).isZero();
	}

	private static Throwable notConnected(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		Throwable failure = future.handle((connection, thrown) -> thrown).join();
		assertThat(failure).isInstanceOf(NotConnectedException.class);
		return failure;
	}

	@Test
	@Tag("C6")
	void awaitConnectedReturnsTheConnection() throws Exception {
		this.scenario.start();
		assertThat(this.connection.awaitConnected(Duration.ofSeconds(1))).isSameAs(this.scenario.lastConnection());
		assertThat(this.scenario.time.pendingAlarms()).as("its alarm is released").isZero();
	}

	@Test
	@Tag("C6")
	void awaitConnectedThrowsOnTimeoutByTheInjectedClock() throws Exception {
		this.scenario.refuse("refused");
		this.scenario.start();
		Attempt attempt = awaitInAnotherThread(Duration.ofSeconds(5));
		this.scenario.advance(Duration.ofSeconds(5).minusNanos(1));
		assertThat(attempt.thread.isAlive()).isTrue();
		this.scenario.advance(Duration.ofNanos(1));
		attempt.thread.join();
		assertThat(attempt.outcome.get()).isInstanceOf(NotConnectedException.class)
			.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
			.hasMessage("test: not connected after PT5S; the last attempt failed: "
					+ "java.lang.IllegalStateException: refused");
		assertThat(this.connection.waiting()).isZero();
	}

	@Test
	@Tag("C6")
	void awaitConnectedThrowsOnCloseAndOnAbort() throws Exception {
		this.scenario.refuse("refused");
		this.scenario.start();
		Attempt attempt = awaitInAnotherThread(Duration.ofSeconds(5));
		this.scenario.contexts.get(0).abort(new IllegalStateException("not allowed"));
		this.scenario.time.run();
		attempt.thread.join();
		assertThat(attempt.outcome.get()).isInstanceOf(ConnectionClosedException.class);
		this.connection.closeAsync();
		assertThat(awaitInThisThread(Duration.ofSeconds(5))).isInstanceOf(ConnectionClosedException.class);
	}

	@Test
	@Tag("C6")
	void awaitConnectedRefusesToBlockAnEventLoopThread() throws Exception {
		AtomicReference<Object> outcome = new AtomicReference<>();
		this.scenario.time.execute(() -> outcome.set(awaitInThisThread(Duration.ofSeconds(1))));
		this.scenario.time.run();
		assertThat(outcome.get())
			.hasToString("java.lang.IllegalStateException: test: awaitConnected would block its owner");
		EventLoopThread thread = new EventLoopThread(() -> outcome.set(awaitInThisThread(Duration.ofSeconds(1))));
		thread.start();
		thread.join();
		assertThat(outcome.get().toString()).startsWith(
				"java.lang.IllegalStateException: test: awaitConnected would block the event loop thread loop-1");
	}

	@Test
	@Tag("C7")
	void theCurrentConnectionIsEmptyBeforeTheFirstWhileClosingAndAfterALoss() {
		assertThat(this.connection.currentConnection()).isEmpty();
		this.scenario.start();
		FakeConnection first = this.scenario.lastConnection();
		assertThat(this.connection.currentConnection()).containsSame(first);
		first.beginClosing();
		assertThat(this.connection.currentConnection()).isEmpty();
		first.finishClosing();
		this.scenario.time.run();
		assertThat(this.connection.currentConnection()).isEmpty();
		this.scenario.advanceSeconds(10);
		assertThat(this.connection.currentConnection()).containsSame(this.scenario.connections.get(1));
		this.connection.closeAsync();
		assertThat(this.connection.currentConnection()).isEmpty();
	}

	@Test
	@Tag("C7")
	void theCurrentConnectionIsEmptyWhilePausing() {
		this.scenario.connect = (address) -> CompletableFuture
			.completedStage(this.scenario.newConnection().lingering());
		this.scenario.start();
		this.connection.pause();
		this.scenario.time.run();
		assertThat(this.connection.currentConnection()).isEmpty();
		assertThat(this.connection.status().phase()).isEqualTo(ConnectionStatus.Phase.CLOSING);
	}

	@Test
	@Tag("C7")
	void lookingItUpAllocatesNothing() {
		this.scenario.start();
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory
			.getThreadMXBean();
		Optional<FakeConnection> found = Optional.empty();
		for (int i = 0; i < 20_000; i++) {
			found = this.connection.currentConnection();
		}
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < 100_000; i++) {
			found = this.connection.currentConnection();
		}
		long allocated = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(found).isPresent();
		assertThat(allocated).as("bytes for 100,000 look-ups").isLessThan(1_000);
	}

	private Object awaitInThisThread(Duration timeout) {
		try {
			return this.connection.awaitConnected(timeout);
		}
		catch (Exception ex) {
			return ex;
		}
	}

	private Attempt awaitInAnotherThread(Duration timeout) {
		AtomicReference<Object> outcome = new AtomicReference<>();
		Thread thread = new Thread(() -> outcome.set(awaitInThisThread(timeout)));
		int alarms = this.scenario.time.pendingAlarms();
		thread.start();
		Awaitility.await().until(() -> this.scenario.time.pendingAlarms() > alarms);
		return new Attempt(thread, outcome);
	}

	private record Attempt(Thread thread, AtomicReference<Object> outcome) {
	}

	private static final class EventLoopThread extends Thread implements NonBlockingThread {

		EventLoopThread(Runnable task) {
			super(task, "loop-1");
		}

	}

}
