package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.connection.ConnectionEvent.AttemptingToConnect;
import io.persistentconn.connection.ConnectionEvent.Connected;
import io.persistentconn.connection.ConnectionEvent.Disconnected;
import io.persistentconn.connection.ConnectionEvent.FailedToConnect;
import io.persistentconn.connection.ConnectionEvent.ObtainedAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The order of things: C1, C2, C3.
 */
class LoopTests {

	private final Scenario scenario = new Scenario();

	@Test
	@Tag("C1")
	void startingConnectsAtOnce() {
		this.scenario.start();
		assertThat(this.scenario.heard()).containsExactly("0 attempting", "0 lookup", "0 obtained a", "0 connect a",
				"0 connected #1");
	}

	@Test
	@Tag("C1")
	void nothingHappensBeforeStart() {
		this.scenario.advanceSeconds(60);
		assertThat(this.scenario.heard()).isEmpty();
		assertThat(this.scenario.connection.status().phase()).isEqualTo(ConnectionStatus.Phase.NOT_STARTED);
	}

	@Test
	@Tag("C1")
	void startingTwiceStartsOneLoop() {
		this.scenario.connection.start();
		this.scenario.start();
		assertThat(this.scenario.heard()).hasSize(5);
	}

	@Test
	@Tag("C1")
	void everyAttemptAsksForTheAddressAnewAndRetriesDoNotReportAttempting() {
		this.scenario.refuse("refused");
		this.scenario.start();
		assertThat(this.scenario.heard()).containsExactly("0 attempting", "0 lookup", "0 obtained a", "0 connect a",
				"0 failed refused");
		this.scenario.addresses = () -> CompletableFuture.completedStage(List.of("b"));
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		assertThat(this.scenario.heard()).containsExactly("10 lookup", "10 obtained b", "10 connect b",
				"10 connected #1");
	}

	@Test
	@Tag("C1")
	void aLostConnectionBeginsTheNextEpisode() {
		this.scenario.start();
		this.scenario.heard();
		this.scenario.advanceSeconds(60);
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("60 disconnected", "60 attempting", "60 lookup",
				"60 obtained a", "60 connect a", "60 connected #2");
	}

	@Test
	@Tag("C1")
	void theRestOfTheRetryDelayPassesBeforeTheNextEpisode() {
		this.scenario.start();
		this.scenario.heard();
		this.scenario.advanceSeconds(4);
		this.scenario.lastConnection().die();
		this.scenario.advance(Duration.ofSeconds(6).minusNanos(1));
		assertThat(this.scenario.heard()).containsExactly("4 disconnected");
		this.scenario.advance(Duration.ofNanos(1));
		assertThat(this.scenario.heard()).containsExactly("10 attempting", "10 lookup", "10 obtained a", "10 connect a",
				"10 connected #2");
	}

	@Test
	@Tag("C2")
	void everyEventGatesTheNextStep() {
		CompletableFuture<Void> attempting = new CompletableFuture<>();
		CompletableFuture<Void> obtained = new CompletableFuture<>();
		CompletableFuture<Void> failed = new CompletableFuture<>();
		CompletableFuture<Void> connected = new CompletableFuture<>();
		CompletableFuture<Void> disconnected = new CompletableFuture<>();
		this.scenario.handler = (event) -> {
			if (event instanceof AttemptingToConnect) {
				return attempting;
			}
			if (event instanceof ObtainedAddress) {
				return obtained;
			}
			if (event instanceof FailedToConnect) {
				return failed;
			}
			return (event instanceof Connected) ? connected : disconnected;
		};
		this.scenario.refuse("refused");
		this.scenario.start();
		assertThat(this.scenario.heard()).containsExactly("0 attempting");
		this.scenario.advanceSeconds(1);
		attempting.complete(null);
		this.scenario.advanceSeconds(1);
		assertThat(this.scenario.heard()).containsExactly("1 lookup", "1 obtained a");
		obtained.complete(null);
		this.scenario.accept();
		this.scenario.refuse("refused");
		this.scenario.advanceSeconds(1);
		assertThat(this.scenario.heard()).containsExactly("2 connect a", "2 failed refused");
		// The attempt began at 1, so the delay is over at 11; the handler lasts until 20.
		this.scenario.accept();
		this.scenario.advanceSeconds(17);
		assertThat(this.scenario.heard()).isEmpty();
		failed.complete(null);
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("20 lookup", "20 connect a", "20 connected #1");
		this.scenario.lastConnection().die();
		this.scenario.advanceSeconds(20);
		assertThat(this.scenario.heard()).isEmpty();
		connected.complete(null);
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsExactly("40 disconnected");
		this.scenario.advanceSeconds(20);
		assertThat(this.scenario.heard()).isEmpty();
		disconnected.complete(null);
		this.scenario.time.run();
		assertThat(this.scenario.heard()).startsWith("60 attempting");
	}

	@Test
	@Tag("C2")
	void theConnectionIsThereBeforeConnectedAndGoneBeforeDisconnected() {
		this.scenario.handler = (event) -> {
			this.scenario
				.say("current " + this.scenario.connection.currentConnection().map(Object::toString).orElse("-")
						+ ", connected() " + (this.scenario.connection.connected().isDone() ? "done" : "waits"));
			return null;
		};
		this.scenario.start();
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsSubsequence("0 attempting", "0 current -, connected() waits",
				"0 connected #1", "0 current #1, connected() done", "0 disconnected", "0 current -, connected() waits");
	}

	@Test
	@Tag("C3")
	void anAddressIsReportedOnlyWhenItDiffersFromTheLastOfTheEpisode() {
		this.scenario.refuse("refused");
		this.scenario.start();
		this.scenario.advanceSeconds(10);
		this.scenario.addresses = () -> CompletableFuture.completedStage(List.of("b"));
		this.scenario.advanceSeconds(10);
		this.scenario.addresses = () -> CompletableFuture.completedStage(List.of("a"));
		this.scenario.advanceSeconds(10);
		assertThat(events("obtained")).containsExactly("0 obtained a", "20 obtained b", "30 obtained a");
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		this.scenario.lastConnection().die();
		this.scenario.advanceSeconds(10);
		assertThat(events("obtained")).as("a new episode reports again").endsWith("50 obtained a");
	}

	@Test
	@Tag("C3")
	void anErrorIsReportedOnlyWhenItDiffersFromTheLastOfTheEpisode() {
		this.scenario.refuse("refused");
		this.scenario.start();
		this.scenario.advanceSeconds(20);
		this.scenario.refuse("no route");
		this.scenario.advanceSeconds(20);
		this.scenario.refuse("refused");
		this.scenario.advanceSeconds(10);
		assertThat(events("failed")).containsExactly("0 failed refused", "30 failed no route", "50 failed refused");
		assertThat(this.scenario.connection.status().failures()).isEqualTo(6);
	}

	@Test
	@Tag("C3")
	void errorsCompareByClassMessageAndCauseChainNotByStackTrace() {
		SameError same = new SameError();
		assertThat(same.test(error("x", error("y", null)), error("x", error("y", null)))).isTrue();
		assertThat(same.test(error("x", error("y", null)), error("x", error("z", null)))).isFalse();
		assertThat(same.test(error("x", error("y", null)), error("x", null))).isFalse();
		assertThat(same.test(error("x", null), new RuntimeException("x"))).isFalse();
		assertThat(same.test(error(null, null), error(null, null))).isTrue();
	}

	@Test
	@Tag("C3")
	void bothComparisonsCanBeSupplied() {
		Scenario lenient = new Scenario((builder) -> builder.sameAddress((a, b) -> true).sameError((a, b) -> true));
		lenient.refuse("one");
		lenient.start();
		lenient.refuse("other");
		lenient.addresses = () -> CompletableFuture.completedStage(List.of("b"));
		lenient.advanceSeconds(10);
		assertThat(lenient.heard()).containsExactly("0 attempting", "0 lookup", "0 obtained a", "0 connect a",
				"0 failed one", "10 lookup", "10 connect b");
	}

	@Test
	void anAddressIsRequired() {
		assertThatIllegalStateException()
			.isThrownBy(() -> PersistentConnection
				.<String, FakeConnection>builder("quotes", (context, address) -> new CompletableFuture<>())
				.build())
			.withMessage("quotes: no address supplier (expected: address or addresses)");
	}

	@Test
	@Tag("C1")
	void aSingleAddressSupplierIsACandidateListOfOne() {
		Scenario single = new Scenario((builder) -> builder.address(() -> CompletableFuture.completedStage("only")));
		single.start();
		assertThat(single.heard()).contains("0 obtained only", "0 connected #1");
	}

	@Test
	@Tag("C1")
	void stagesMayCompleteLaterAndElsewhere() {
		CompletableFuture<List<String>> address = new CompletableFuture<>();
		CompletableFuture<FakeConnection> delivered = new CompletableFuture<>();
		this.scenario.addresses = () -> address;
		this.scenario.connect = (to) -> delivered;
		this.scenario.start();
		this.scenario.advanceSeconds(1);
		CompletionStage<Void> elsewhere = CompletableFuture.runAsync(() -> address.complete(List.of("z")));
		elsewhere.toCompletableFuture().join();
		this.scenario.advanceSeconds(1);
		delivered.complete(this.scenario.newConnection());
		this.scenario.advanceSeconds(1);
		assertThat(this.scenario.heard()).containsExactly("0 attempting", "0 lookup", "1 obtained z", "1 connect z",
				"2 connected #1");
	}

	@Test
	@Tag("C1")
	void eventsCarryWhatHappened() {
		this.scenario.refuse("refused");
		List<ConnectionEvent<?, FakeConnection>> events = new ArrayList<>();
		this.scenario.connection.addListener(events::add);
		this.scenario.start();
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		this.scenario.advanceSeconds(5);
		this.scenario.lastConnection().die(new IllegalStateException("reset"));
		this.scenario.time.run();
		FailedToConnect<?, ?> failed = (FailedToConnect<?, ?>) events.get(2);
		assertThat(failed.attempt()).isEqualTo(1);
		assertThat(failed.nextAttemptIn()).isEqualTo(Duration.ofSeconds(10));
		Disconnected<?, ?> disconnected = (Disconnected<?, ?>) events.get(4);
		assertThat(disconnected.lifetime()).isEqualTo(Duration.ofSeconds(5));
		assertThat(disconnected.reason()).get().hasToString("java.lang.IllegalStateException: reset");
	}

	private List<String> events(String kind) {
		return this.scenario.log.stream().filter((line) -> line.split(" ", 3)[1].equals(kind)).toList();
	}

	private static Throwable error(String message, Throwable cause) {
		return new IllegalStateException(message, cause);
	}

}
