package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How far attempts are apart: C4, C14.
 */
class RetryDelayTests {

	@Test
	@Tag("C4")
	void attemptsAreTheDelayApartHoweverLongTheyTake() {
		Scenario scenario = new Scenario();
		scenario.connect = (address) -> {
			CompletableFuture<FakeConnection> slow = new CompletableFuture<>();
			scenario.time.schedule(Duration.ofSeconds(7),
					() -> slow.completeExceptionally(new IllegalStateException("slow")));
			return slow;
		};
		scenario.start();
		scenario.advanceSeconds(30);
		assertThat(connects(scenario)).containsExactly("0 connect a", "10 connect a", "20 connect a", "30 connect a");
	}

	@Test
	@Tag("C4")
	void anAttemptThatOutlastsItsDelayIsFollowedAtOnce() {
		Scenario scenario = new Scenario();
		scenario.connect = (address) -> {
			CompletableFuture<FakeConnection> slow = new CompletableFuture<>();
			scenario.time.schedule(Duration.ofSeconds(12),
					() -> slow.completeExceptionally(new IllegalStateException("slow")));
			return slow;
		};
		scenario.start();
		scenario.advanceSeconds(24);
		assertThat(connects(scenario)).containsExactly("0 connect a", "12 connect a", "24 connect a");
	}

	@Test
	@Tag("C4")
	void aConnectionThatOutlivedTheDelayIsRetriedImmediately() {
		Scenario scenario = new Scenario().start();
		scenario.advanceSeconds(10);
		scenario.refuse("refused");
		scenario.lastConnection().die();
		scenario.time.run();
		assertThat(connects(scenario)).containsExactly("0 connect a", "10 connect a");
		scenario.advance(Duration.ofSeconds(10).minusNanos(1));
		assertThat(connects(scenario)).hasSize(2);
		scenario.advance(Duration.ofNanos(1));
		assertThat(connects(scenario)).hasSize(3);
	}

	@Test
	@Tag("C4")
	void theDelayIsAskedOnceBeforeEveryAttempt() {
		List<Integer> asked = new ArrayList<>();
		Scenario scenario = new Scenario((builder) -> builder.retryDelay((failures) -> {
			asked.add(failures);
			return Duration.ofSeconds(10);
		}));
		scenario.refuse("refused");
		scenario.start();
		assertThat(asked).containsExactly(0);
		scenario.advanceSeconds(60);
		scenario.accept();
		scenario.advanceSeconds(20);
		assertThat(asked).startsWith(0, 1, 2).hasSameSizeAs(connects(scenario));
	}

	@Test
	@Tag("C4")
	void byDefaultTenSecondsAreSpreadByUpToThirtyPercentEitherWayAlike() {
		Scenario scenario = new Scenario(
				(builder) -> builder.retryDelay(RetryDelay.constant(PersistentConnection.DEFAULT_RETRY_DELAY))
					.random(new SplittableRandom(1)));
		scenario.refuse("refused");
		scenario.start();
		List<Double> gaps = new ArrayList<>();
		double last = 0;
		for (int i = 0; i < 10_000; i++) {
			scenario.time.advanceToNextAlarm();
			double now = scenario.time.nanoTime() / 1e9;
			gaps.add(now - last);
			last = now;
		}
		assertThat(gaps).allSatisfy((gap) -> assertThat(gap).isBetween(7.0, 13.0));
		assertThat(gaps.stream().filter((gap) -> gap > 10).count()).isBetween(4_800L, 5_200L);
		// Uniform: each tenth of the range holds a tenth of the gaps.
		int[] tenths = new int[10];
		gaps.forEach((gap) -> tenths[Math.min(9, (int) ((gap - 7) / 0.6))]++);
		assertThat(tenths)
			.satisfies((counts) -> IntStream.of(counts).forEach((count) -> assertThat(count).isBetween(850, 1_150)));
	}

	@Test
	@Tag("C4")
	void theSameSeedGivesTheSameDelaysAndJitterCanBeSwitchedOff() {
		assertThat(historyOf(7, RetryDelay.constant(Duration.ofSeconds(10))))
			.isEqualTo(historyOf(7, RetryDelay.constant(Duration.ofSeconds(10))))
			.isNotEqualTo(historyOf(8, RetryDelay.constant(Duration.ofSeconds(10))));
		RetryDelay exact = RetryDelay.constant(Duration.ofSeconds(10)).jittered(0);
		assertThat(historyOf(7, exact)).isEqualTo(historyOf(8, exact));
	}

	@Test
	@Tag("C14")
	void exponentialDelaysGrowToAMaximumAndStartOverAfterASuccess() {
		Scenario scenario = new Scenario((builder) -> builder
			.retryDelay(RetryDelay.exponential(Duration.ofSeconds(1), 2, Duration.ofSeconds(5)).jittered(0)));
		scenario.refuse("refused");
		scenario.start();
		scenario.advanceSeconds(17);
		assertThat(connects(scenario)).containsExactly("0 connect a", "1 connect a", "3 connect a", "7 connect a",
				"12 connect a", "17 connect a");
		scenario.accept();
		scenario.advanceSeconds(5);
		scenario.refuse("refused");
		scenario.advanceSeconds(8);
		scenario.heard();
		scenario.lastConnection().die();
		scenario.advanceSeconds(3);
		assertThat(connects(scenario)).containsExactly("30 connect a", "31 connect a", "33 connect a");
	}

	@Test
	@Tag("C14")
	void exponentialDelaysDoNotOverflow() {
		RetryDelay delay = RetryDelay.exponential(Duration.ofSeconds(1), 10, Duration.ofDays(999));
		assertThat(delay.delay(Integer.MAX_VALUE)).isEqualTo(RetryDelay.LONGEST);
	}

	@Test
	@Tag("C14")
	void jitterIsADecorator() {
		RetryDelay delay = RetryDelay.constant(Duration.ofSeconds(10));
		assertThat(delay.jitter()).isEqualTo(0.3);
		assertThat(delay.jittered(0.5).jitter()).isEqualTo(0.5);
		assertThat(delay.jittered(0.5).delay(3)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	@Tag("C14")
	void badDelaysAreRefusedWithValueAndExpectation() {
		assertThatIllegalArgumentException().isThrownBy(() -> RetryDelay.constant(Duration.ZERO))
			.withMessageStartingWith("delay: PT0S (expected: more than zero");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RetryDelay.exponential(Duration.ofSeconds(1), 0.5, Duration.ofSeconds(2)))
			.withMessage("factor: 0.5 (expected: >= 1)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RetryDelay.exponential(Duration.ofSeconds(3), 2, Duration.ofSeconds(2)))
			.withMessage("max: PT2S (expected: >= initial, PT3S)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RetryDelay.constant(Duration.ofSeconds(1)).jittered(Double.NaN))
			.withMessage("jitter: NaN (expected: from 0 to 1)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Scenario((builder) -> builder.initialSpread(Duration.ofSeconds(-1))))
			.withMessageStartingWith("initialSpread: PT-1S (expected: from zero");
	}

	@Test
	@Tag("C14")
	void retryNowEndsThePresentWait() {
		Scenario scenario = new Scenario();
		scenario.refuse("refused");
		scenario.start();
		scenario.advanceSeconds(3);
		scenario.connection.retryNow();
		scenario.time.run();
		assertThat(connects(scenario)).containsExactly("0 connect a", "3 connect a");
		scenario.advanceSeconds(10);
		assertThat(connects(scenario)).as("and only that one").endsWith("3 connect a", "13 connect a");
		assertThat(scenario.time.pendingAlarms()).isEqualTo(1);
	}

	@Test
	@Tag("C14")
	void retryNowAfterALossBeginsTheNextEpisode() {
		Scenario scenario = new Scenario().start();
		scenario.lastConnection().die();
		scenario.time.run();
		scenario.heard();
		scenario.connection.retryNow();
		scenario.time.run();
		assertThat(scenario.heard()).startsWith("0 attempting").endsWith("0 connected #2");
	}

	@Test
	@Tag("C14")
	void retryNowDoesNothingWhenThereIsNoWait() {
		Scenario scenario = new Scenario().start();
		scenario.connection.retryNow();
		scenario.time.run();
		assertThat(scenario.connections).hasSize(1);
	}

	@Test
	@Tag("C14")
	void initialSpreadDelaysTheFirstAttemptAfterALossByAUniformAmount() {
		int[] quarters = new int[4];
		for (int seed = 0; seed < 1_000; seed++) {
			int thisSeed = seed;
			Scenario scenario = new Scenario(
					(builder) -> builder.initialSpread(Duration.ofSeconds(20)).random(new SplittableRandom(thisSeed)));
			scenario.start();
			scenario.advanceSeconds(60);
			scenario.lastConnection().die();
			scenario.time.run();
			scenario.time.advanceToNextAlarm();
			double waited = scenario.time.nanoTime() / 1e9 - 60;
			assertThat(waited).isBetween(0.0, 20.0);
			quarters[(int) (waited / 5)]++;
			assertThat(scenario.connections).hasSize(2);
		}
		assertThat(quarters)
			.satisfies((counts) -> IntStream.of(counts).forEach((count) -> assertThat(count).isBetween(190, 310)));
	}

	@Test
	@Tag("C14")
	void initialSpreadIsForTheFirstReattemptOnly() {
		Scenario scenario = new Scenario(
				(builder) -> builder.initialSpread(Duration.ofSeconds(20)).random(new SplittableRandom(3)));
		scenario.refuse("refused");
		scenario.start();
		scenario.advanceSeconds(10);
		assertThat(connects(scenario)).containsExactly("0 connect a", "10 connect a");
	}

	private static List<String> historyOf(long seed, RetryDelay delay) {
		Scenario scenario = new Scenario((builder) -> builder.retryDelay(delay).random(new SplittableRandom(seed)));
		scenario.refuse("refused");
		scenario.start();
		scenario.advanceSeconds(1_000);
		return scenario.heard();
	}

	private static List<String> connects(Scenario scenario) {
		return scenario.log.stream().filter((line) -> line.contains(" connect ")).toList();
	}

}
