package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallTableTests {

	@Test
	void behavesLikeAMapWhateverIsAddedAndRemoved() {
		for (int seed = 0; seed < 200; seed++) {
			RandomGenerator random = new SplittableRandom(seed);
			CallTable<String> table = new CallTable<>();
			Map<Long, String> map = new HashMap<>();
			for (int step = 0; step < 500; step++) {
				// Few ids that lie close, so that they collide; 0 and negative ones, too.
				long id = random.nextLong(-20, 40);
				if (random.nextBoolean()) {
					if (table.get(id) == null) {
						table.put(id, "v" + step);
						map.put(id, "v" + step);
					}
				}
				else {
					assertThat(table.remove(id)).as("seed %d, step %d", seed, step).isEqualTo(map.remove(id));
				}
				assertThat(table.get(id)).isEqualTo(map.get(id));
				long other = random.nextLong(-20, 40);
				assertThat(table.get(other)).isEqualTo(map.get(other));
				assertThat(table.size()).isEqualTo(map.size());
			}
			map.forEach((id, value) -> assertThat(table.get(id)).isEqualTo(value));
			List<String> all = new ArrayList<>();
			table.forEach(all::add);
			assertThat(all).containsExactlyInAnyOrderElementsOf(map.values());
			table.drain((value) -> assertThat(map.values().remove(value)).isTrue());
			assertThat(map).isEmpty();
			assertThat(table.size()).isZero();
			assertThat(table.get(0)).isNull();
		}
	}

}
