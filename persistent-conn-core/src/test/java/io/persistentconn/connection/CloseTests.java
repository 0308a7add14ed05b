package io.persistentconn.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.connection.ConnectionStatus.Phase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Coming to an end: C8, C9, C17.
 */
class CloseTests {

	private final Scenario scenario = new Scenario();

	private final PersistentConnection<FakeConnection> connection = this.scenario.connection;

	@Test
	@Tag("C8")
	void closingWhileConnectedClosesTheConnectionReportsDisconnectedAndStops() {
		this.scenario.connect = (address) -> CompletableFuture
			.completedStage(this.scenario.newConnection().lingering());
		this.scenario.start();
		this.scenario.heard();
		CompletableFuture<Void> closed = this.connection.closeAsync();
		assertThat(this.connection.isClosed()).isTrue();
		this.scenario.time.run();
		assertThat(this.scenario.lastConnection().closeCalls).isEqualTo(1);
		assertThat(closed).isNotDone();
		assertThat(this.scenario.heard()).isEmpty();
		this.scenario.lastConnection().finishClosing();
		this.scenario.time.run();
		assertThat(closed).isCompleted();
		assertThat(this.scenario.heard()).containsExactly("0 disconnected");
		nothingFollows();
	}

	@Test
	@Tag("C8")
	void closingIsIdempotentAndLaterCallsShareTheOutcome() {
		this.scenario.start();
		assertThat(this.connection.closeFinished()).isNotDone();
		CompletableFuture<Void> first = this.connection.closeAsync();
		CompletableFuture<Void> second = this.connection.closeAsync();
		second.cancel(false);
		this.scenario.time.run();
		assertThat(first).isCompleted();
		assertThat(this.connection.closeAsync()).isCompleted();
		assertThat(this.connection.closeFinished()).isCompleted();
		assertThat(this.scenario.lastConnection().closeCalls).isEqualTo(1);
	}

	@Test
	@Tag("C8")
	void closeFinishedObservesWithoutInitiating() {
		this.scenario.start();
		this.connection.closeFinished();
		this.scenario.advanceSeconds(60);
		assertThat(this.connection.isClosed()).isFalse();
	}

	@Test
	@Tag("C8")
	void thePeerClosingNeverClosesThePersistentConnection() {
		this.scenario.start();
		this.scenario.lastConnection().die();
		this.scenario.advanceSeconds(60);
		assertThat(this.connection.isClosed()).isFalse();
		assertThat(this.scenario.connections).hasSize(2);
	}

	@Test
	@Tag("C8")
	void closingInterruptsAnAttemptAndCompletesAtOnce() {
		CompletableFuture<FakeConnection> hanging = new CompletableFuture<>();
		this.scenario.connect = (address) -> hanging;
		this.scenario.start();
		assertThat(this.scenario.contexts.get(0).interrupt().toCompletableFuture()).isNotDone();
		CompletableFuture<Void> closed = this.connection.closeAsync();
		this.scenario.time.run();
		assertThat(closed).isCompleted();
		assertThat(this.scenario.contexts.get(0).interrupt().toCompletableFuture()).isCompleted();
	}

	@Test
	@Tag("C8")
	void aConnectionDeliveredAfterCloseIsClosedAtOnceAndReportedByNoEvent() {
		CompletableFuture<FakeConnection> late = new CompletableFuture<>();
		this.scenario.connect = (address) -> late;
		this.scenario.start();
		this.connection.closeAsync();
		this.scenario.advanceSeconds(1);
		this.scenario.heard();
		late.complete(this.scenario.newConnection());
		this.scenario.time.run();
		assertThat(this.scenario.lastConnection().closeCalls).isEqualTo(1);
		nothingFollows();
	}

	@Test
	@Tag("C8")
	void closingIsPromptInEveryState() {
		CompletableFuture<Void> never = new CompletableFuture<>();
		// before the start
		Scenario notStarted = new Scenario();
		closesAtOnce(notStarted);
		// while the handler holds Attempting, Obtained, Failed or Connected back
		for (String event : new String[] { "attempting", "obtained", "failed", "connected" }) {
			Scenario held = new Scenario();
			held.handler = (happened) -> Scenario.describe(happened).startsWith(event) ? never : null;
			if (event.equals("failed")) {
				held.refuse("refused");
			}
			closesAtOnce(held.start());
		}
		// while the address is looked up
		Scenario lookup = new Scenario();
		lookup.addresses = CompletableFuture::new;
		closesAtOnce(lookup.start());
		// while it waits to retry, and to reconnect
		Scenario retrying = new Scenario();
		retrying.refuse("refused");
		closesAtOnce(retrying.start());
		Scenario lost = new Scenario().start();
		lost.lastConnection().die();
		lost.time.run();
		closesAtOnce(lost);
	}

	@Test
	@Tag("C8")
	void disconnectedWaitsForTheConnectedHandlerEvenWhenClosing() {
		CompletableFuture<Void> handled = new CompletableFuture<>();
		this.scenario.handler = (event) -> Scenario.describe(event).startsWith("connected") ? handled : null;
		this.scenario.start();
		this.scenario.heard();
		this.connection.closeAsync();
		this.scenario.advanceSeconds(1);
		assertThat(this.connection.closeFinished()).isCompleted();
		assertThat(this.scenario.heard()).isEmpty();
		handled.complete(null);
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("1 disconnected");
	}

	@Test
	@Tag("C8")
	void closeWaits() throws Exception {
		this.scenario.start();
		Thread thread = new Thread(this.connection::close);
		thread.start();
		while (thread.isAlive()) {
			this.scenario.time.run();
			thread.join(1);
		}
		assertThat(this.connection.closeFinished()).isCompleted();
	}

	@Test
	@Tag("C9")
	void theContextCountsFailuresInARow() {
		this.scenario.refuse("refused");
		this.scenario.start();
		this.scenario.advanceSeconds(20);
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		this.scenario.refuse("refused");
		this.scenario.lastConnection().die();
		this.scenario.advanceSeconds(20);
		assertThat(this.scenario.contexts).extracting(ConnectContext::consecutiveUnsuccessfulAttemptsSoFar)
			.containsExactly(0, 1, 2, 3, 0, 1);
	}

	@Test
	@Tag("C9")
	void abortEndsRetryingAfterTheAttemptFailed() {
		this.scenario.connect = (address) -> {
			this.scenario.contexts.get(0).abort(new IllegalStateException("not allowed"));
			this.scenario.contexts.get(0).abort(new IllegalStateException("ignored"));
			return CompletableFuture.failedStage(new IllegalStateException("refused"));
		};
		this.scenario.start();
		assertThat(this.scenario.heard()).endsWith("0 failed refused");
		assertThat(this.connection.isClosed()).isTrue();
		assertThat(this.connection.closeFinished()).isCompleted();
		assertThat(this.connection.connectedOrFailedToConnect()).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("aborted: not allowed");
		nothingFollows();
	}

	@Test
	@Tag("C9")
	void abortLetsASuccessfulAttemptLiveButDoesNotReconnectAfterIt() {
		this.scenario.connect = (address) -> {
			this.scenario.contexts.get(0).abort(new IllegalStateException("the last one"));
			return CompletableFuture.completedStage(this.scenario.newConnection());
		};
		this.scenario.start();
		this.scenario.advanceSeconds(60);
		assertThat(this.connection.currentConnection()).containsSame(this.scenario.lastConnection());
		this.scenario.heard();
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("60 disconnected");
		assertThat(this.connection.closeFinished()).isCompleted();
		nothingFollows();
	}

	@Test
	@Tag("C9")
	void abortDuringTheWaitEndsAtOnce() {
		this.scenario.refuse("refused");
		this.scenario.start();
		this.scenario.heard();
		this.scenario.contexts.get(0).abort(new IllegalStateException("not allowed"));
		this.scenario.time.run();
		assertThat(this.connection.closeFinished()).isCompleted();
		nothingFollows();
	}

	@Test
	@Tag("C9")
	void closeWhenCurrentConnectionIsClosedKeepsItAndDoesNotReconnect() {
		this.scenario.start();
		this.connection.closeWhenCurrentConnectionIsClosed();
		this.scenario.advanceSeconds(60);
		assertThat(this.connection.isClosed()).isFalse();
		assertThat(this.connection.currentConnection()).isPresent();
		this.scenario.heard();
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("60 disconnected");
		assertThat(this.connection.isClosed()).isTrue();
		assertThat(this.connection.closeFinished()).isCompleted();
		nothingFollows();
	}

	@Test
	@Tag("C9")
	void closeWhenCurrentConnectionIsClosedClosesAtOnceWhenThereIsNone() {
		this.scenario.connection.closeWhenCurrentConnectionIsClosed();
		this.scenario.time.run();
		assertThat(this.connection.closeFinished()).isCompleted();
		Scenario paused = new Scenario().start();
		paused.connection.pause();
		paused.time.run();
		paused.connection.closeWhenCurrentConnectionIsClosed();
		paused.time.run();
		assertThat(paused.connection.closeFinished()).isCompleted();
	}

	@Test
	@Tag("C17")
	void pauseClosesTheConnectionAndStopsAttemptsAndResumeBeginsAnew() {
		this.scenario.start();
		this.scenario.heard();
		CompletableFuture<Void> paused = this.connection.pause();
		this.scenario.time.run();
		assertThat(paused).isCompleted();
		assertThat(this.scenario.heard()).containsExactly("0 disconnected");
		assertThat(this.scenario.lastConnection().closeCalls).isEqualTo(1);
		assertThat(this.connection.isClosed()).isFalse();
		assertThat(this.connection.status().phase()).isEqualTo(Phase.PAUSED);
		CompletableFuture<FakeConnection> waiting = this.connection.connected();
		nothingFollows();
		assertThat(waiting).isNotDone();
		this.scenario.heard();
		this.connection.resume();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("3600 attempting", "3600 lookup", "3600 obtained a",
				"3600 connect a", "3600 connected #2");
		assertThat(waiting).isCompletedWithValue(this.scenario.lastConnection());
	}

	@Test
	@Tag("C17")
	void pauseInterruptsAnAttemptAndAWait() {
		CompletableFuture<FakeConnection> late = new CompletableFuture<>();
		this.scenario.connect = (address) -> late;
		this.scenario.start();
		CompletableFuture<Void> paused = this.connection.pause();
		this.scenario.time.run();
		assertThat(paused).isCompleted();
		this.connection.resume();
		this.scenario.time.run();
		late.complete(this.scenario.newConnection());
		this.scenario.time.run();
		// Both attempts were given the same future: the first comes too late, the second
		// not.
		assertThat(this.scenario.log.stream().filter((line) -> line.contains(" connected "))).hasSize(1);

		Scenario retrying = new Scenario();
		retrying.refuse("refused");
		retrying.start();
		retrying.connection.pause();
		retrying.time.run();
		assertThat(retrying.time.pendingAlarms()).isZero();
	}

	@Test
	@Tag("C17")
	void resumeDuringPausingBeginsAnewOnceTheConnectionHasClosed() {
		this.scenario.connect = (address) -> CompletableFuture
			.completedStage(this.scenario.newConnection().lingering());
		this.scenario.start();
		this.scenario.heard();
		this.connection.pause();
		this.connection.resume();
		this.scenario.advanceSeconds(1);
		assertThat(this.scenario.heard()).isEmpty();
		this.scenario.lastConnection().finishClosing();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).startsWith("1 disconnected", "1 attempting").endsWith("1 connected #2");
	}

	@Test
	@Tag("C17")
	void pauseAndCloseMayMeet() {
		this.scenario.connect = (address) -> CompletableFuture
			.completedStage(this.scenario.newConnection().lingering());
		this.scenario.start();
		CompletableFuture<Void> paused = this.connection.pause();
		CompletableFuture<Void> closed = this.connection.closeAsync();
		CompletableFuture<Void> pausedAgain = this.connection.pause();
		this.scenario.time.run();
		this.scenario.lastConnection().finishClosing();
		this.scenario.time.run();
		assertThat(paused).isCompleted();
		assertThat(pausedAgain).isCompleted();
		assertThat(closed).isCompleted();
		assertThat(this.connection.status().phase()).isEqualTo(Phase.CLOSED);
		this.connection.resume();
		nothingFollows();
	}

	private void closesAtOnce(Scenario scenario) {
		int events = scenario.log.size();
		CompletableFuture<Void> closed = scenario.connection.closeAsync();
		scenario.time.run();
		assertThat(closed).isCompleted();
		assertThat(scenario.time.pendingAlarms()).isZero();
		scenario.advanceSeconds(3_600);
		assertThat(scenario.log.subList(events, scenario.log.size())).isSubsetOf("0 disconnected");
	}

	private void nothingFollows() {
		int events = this.scenario.log.size();
		this.scenario.advanceSeconds(3_600);
		assertThat(this.scenario.log).hasSize(events);
		assertThat(this.scenario.time.pendingAlarms()).isZero();
	}

}
