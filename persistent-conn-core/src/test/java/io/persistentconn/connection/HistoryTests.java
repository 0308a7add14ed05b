package io.persistentconn.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same seed gives the identical history, and no history breaks a rule: C13.
 */
class HistoryTests {

	private static final int SEEDS = 1_000;

	static LongStream hundreds() {
		return LongStream.range(0, SEEDS / 100).map((hundred) -> hundred * 100);
	}

	@ParameterizedTest(name = "seeds from {0}")
	@MethodSource("hundreds")
	@Tag("C13")
	void aHundredSeedsGiveIdenticalHistoriesThatBreakNoRule(long first) {
		for (long seed = first; seed < first + 100; seed++) {
			RandomHistory history = new RandomHistory(seed).run();
			String description = "seed " + seed + "\n" + String.join("\n", history.timeline) + "\n";
			List<String> violations = new ArrayList<>(history.violations);
			violations.addAll(new HistoryChecker(0.07).check(history.timeline));
			assertThat(violations).as(description).isEmpty();
			assertThat(history.scenario.connections).as("left open, " + description).allMatch(FakeConnection::isClosed);
			assertThat(history.outcomes).as("left waiting, " + description).allMatch((outcome) -> outcome.isDone());
			assertThat(history.scenario.connection.closeFinished()).as(description).isCompleted();
			assertThat(history.scenario.connection.waiting()).as(description).isZero();
			assertThat(history.scenario.time.pendingAlarms()).as(description).isZero();
			assertThat(new RandomHistory(seed).run().timeline).as("seed " + seed + ", again")
				.isEqualTo(history.timeline);
		}
	}

	@Test
	@Tag("C13")
	void theHistoriesAreNotTrivial() {
		List<String> all = LongStream.range(0, 200)
			.mapToObj((seed) -> new RandomHistory(seed).run().timeline)
			.flatMap(List::stream)
			.toList();
		for (String what : new String[] { "attempting", "obtained a", "obtained b", "failed", "connected #",
				"disconnected", "pause", "resume", "retryNow", "abort", "close",
				"closeWhenCurrentConnectionIsClosed" }) {
			assertThat(all.stream().filter((line) -> line.contains(" " + what)).count()).as(what).isGreaterThan(20);
		}
	}

	@Test
	@Tag("C13")
	void theCheckerFindsEveryKindOfViolation() {
		assertThat(check("0 start", "0 attempting", "0 lookup", "1000000 lookup"))
			.containsExactly("attempts too close: 1000000 lookup");
		assertThat(check("0 lookup")).containsExactly("an attempt outside an episode: 0 lookup");
		assertThat(check("0 attempting", "0 obtained a", "1 obtained a"))
			.containsExactly("an address reported twice: 1 obtained a");
		assertThat(check("0 attempting", "0 failed x next in PT1S", "1 failed x next in PT2S"))
			.containsExactly("an error reported twice: 1 failed x next in PT2S");
		assertThat(check("0 connected #1", "1 disconnected"))
			.containsExactly("connected outside an episode: 0 connected #1");
		assertThat(check("0 disconnected")).containsExactly("disconnected without a connection: 0 disconnected");
		assertThat(check("0 attempting", "0 connected #1", "0 attempting"))
			.containsExactly("attempting while connected: 0 attempting", "the end: connected, but never disconnected");
		assertThat(check("0 close", "0 attempting")).containsExactly("a step after close: 0 attempting");
	}

	private static List<String> check(String... timeline) {
		return new HistoryChecker(0.07).check(List.of(timeline));
	}

}
