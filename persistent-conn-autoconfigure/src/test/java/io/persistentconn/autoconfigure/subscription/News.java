package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.durable.StateUpdate;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a subscriber was told, in words.
 */
final class News {

	static final Duration LONG = Duration.ofSeconds(60);

	private final List<String> told = new CopyOnWriteArrayList<>();

	void add(Object update) {
		this.told.add(inWords(update));
	}

	private static String inWords(Object update) {
		if (update instanceof StateUpdate.State<?, ?, ?> state) {
			return state.state().toString();
		}
		if (update instanceof StateUpdate.Update<?, ?, ?> change) {
			return change.update().toString();
		}
		if (update instanceof PipeUpdate.Update<?, ?> change) {
			return change.update().toString();
		}
		if (update instanceof StateUpdate.RpcError<?, ?, ?> rejected) {
			return "rejected: " + rejected.error();
		}
		return switch (update.getClass().getSimpleName()) {
			case "AttemptingNewConnection" -> "attempting";
			case "ConnectionSuccess" -> "success";
			case "LostConnection" -> "lost";
			default -> "failed";
		};
	}

	/** All of it, however often an attempt failed between a loss and a recovery. */
	List<String> told() {
		List<String> news = new ArrayList<>();
		for (String next : this.told) {
			news.add(next);
			int size = news.size();
			if (next.equals("attempting") && size > 2 && news.get(size - 2).equals("failed")) {
				assertThat(news.get(size - 3)).isEqualTo("attempting");
				news.subList(size - 2, size).clear();
			}
		}
		return news;
	}

	void await(String... expected) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(told()).containsExactly(expected));
	}

	void awaitLast(String expected) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(this.told).last().isEqualTo(expected));
	}

}
