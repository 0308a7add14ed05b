package io.persistentconn.connection;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several addresses: C15.
 */
class CandidatesTests {

	private final Scenario scenario = new Scenario();

	private Set<String> down = Set.of();

	CandidatesTests() {
		this.scenario.addresses = () -> CompletableFuture.completedStage(List.of("a", "b", "c"));
		this.scenario.connect = (address) -> this.down.contains(address)
				? CompletableFuture.failedStage(new IllegalStateException(address + " is down"))
				: CompletableFuture.completedStage(this.scenario.newConnection());
	}

	@Test
	@Tag("C15")
	void candidatesAreTriedInTurnAtOnceAndEachIsReported() {
		this.down = Set.of("a", "b");
		this.scenario.start();
		assertThat(this.scenario.heard()).containsExactly("0 attempting", "0 lookup", "0 obtained a", "0 connect a",
				"0 obtained b", "0 connect b", "0 obtained c", "0 connect c", "0 connected #1");
	}

	@Test
	@Tag("C15")
	void theAttemptFailsWhenAllHaveFailedAndTheDelayCountsFromItsStart() {
		this.down = Set.of("a", "b", "c");
		this.scenario.start();
		assertThat(this.scenario.heard()).endsWith("0 failed None of 3 addresses could be connected to: "
				+ "a: java.lang.IllegalStateException: a is down; b: java.lang.IllegalStateException: b is down; "
				+ "c: java.lang.IllegalStateException: c is down");
		assertThat(this.scenario.connection.status().failures()).isEqualTo(1);
		Throwable error = this.scenario.connection.status().lastError().orElseThrow();
		assertThat(error).hasCauseInstanceOf(IllegalStateException.class);
		assertThat(error.getSuppressed()).hasSize(2);
		this.scenario.advanceSeconds(10);
		assertThat(this.scenario.heard()).contains("10 connect a", "10 connect b", "10 connect c");
	}

	@Test
	@Tag("C15")
	void theLastGoodOneComesFirst() {
		this.down = Set.of("a");
		this.scenario.start();
		this.down = Set.of();
		this.scenario.advanceSeconds(60);
		assertThat(this.scenario.connections).as("no fail-back while connected").hasSize(1);
		this.scenario.heard();
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).contains("60 connect b").doesNotContain("60 connect a");
		this.down = Set.of("b");
		this.scenario.advanceSeconds(60);
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).containsSubsequence("120 connect b", "120 connect a", "120 connected #3");
	}

	@Test
	@Tag("C15")
	void aLastGoodOneThatIsNoCandidateAnyMoreIsNotTried() {
		this.scenario.start();
		this.scenario.addresses = () -> CompletableFuture.completedStage(List.of("b", "c"));
		this.scenario.advanceSeconds(60);
		this.scenario.lastConnection().die();
		this.scenario.time.run();
		assertThat(this.scenario.heard()).endsWith("60 obtained b", "60 connect b", "60 connected #2");
	}

}
