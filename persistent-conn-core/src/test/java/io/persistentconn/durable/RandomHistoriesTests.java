package io.persistentconn.durable;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

import io.persistentconn.testing.SubscriptionHistory.What;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes wrong, the readers are told of it in order, never have a state that the
 * server was not in, and end in the server's.
 */
@Tag("D2")
@Tag("D5")
@ExtendWith(Quiet.class)
class RandomHistoriesTests {

	private static final int SEEDS = 10_000;

	private static final int AT_A_TIME = 1_000;

	static LongStream thousands() {
		return LongStream.range(0, SEEDS / AT_A_TIME).map((thousand) -> thousand * AT_A_TIME);
	}

	@ParameterizedTest(name = "seeds from {0}")
	@MethodSource("thousands")
	void noHistoryBreaksARule(long first) {
		for (long seed = first; seed < first + AT_A_TIME; seed++) {
			RandomWorld random = new RandomWorld(seed).run();
			random.world.expectNoViolation("seed " + seed);
			random.subscribers.forEach(Subscriber::close);
			random.world.expectNothingRemains("seed " + seed);
		}
	}

	@Test
	void theSameSeedGivesTheSameHistory() {
		for (long seed = 0; seed < 100; seed++) {
			assertThat(new RandomWorld(seed).run().world.history.toString()).as("seed " + seed)
				.isEqualTo(new RandomWorld(seed).run().world.history.toString());
		}
	}

	@Test
	void theHistoriesAreNotTrivial() {
		Map<What, Long> counts = new EnumMap<>(What.class);
		int overflows = 0;
		for (long seed = 0; seed < 200; seed++) {
			RandomWorld random = new RandomWorld(seed).run();
			random.world.history.events().forEach((event) -> counts.merge(event.what(), 1L, Long::sum));
			overflows += random.overflows;
		}
		assertThat(overflows).isGreaterThan(50);
		assertThat(counts).hasSize(What.values().length)
			.allSatisfy((what, count) -> assertThat(count).as(what.name()).isGreaterThan(50));
		assertThat(counts.get(What.LOST)).isGreaterThan(1_000);
	}

}
