package io.persistentconn.testing;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionHistoryCheckerTests {

	@Test
	void aHistoryThatRecoversIsRight() {
		assertThat(violations((history) -> {
			history.attempting("a");
			history.failed("a", new IllegalStateException("expected by the test"));
			history.attempting("a");
			history.rejected("a", "no");
			subscribe(history, "s1");
			history.serverState("s2");
			history.update("a", "s2");
			history.serverState("s3");
			history.serverOpened("a");
			history.lost("a");
			history.attempting("a");
			history.serverEnded("a");
			history.success("a");
			history.state("a", "s3");
			subscribe(history, "b", "s3");
			history.serverState("s4");
			history.update("a", "s4");
			history.closed("b");
			history.serverEnded("b");
		})).isEmpty();
	}

	@Test
	void aSuccessNeedsItsStateAndAStateItsSuccess() {
		String violation = "a success not followed by its state, or a state without success";
		assertThat(violations((history) -> {
			history.serverOpened("a");
			history.attempting("a");
			history.success("a");
			history.lost("a");
			history.attempting("a");
			history.success("a");
			history.state("a", "s1");
		})).hasSize(2).first().asString().contains(violation);
		assertThat(violations((history) -> {
			history.serverOpened("a");
			history.attempting("a");
			history.state("a", "s1");
		})).singleElement().asString().contains(violation);
	}

	@Test
	void theOrderOfNewsIsChecked() {
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.attempting("a");
			history.success("a");
			history.state("a", "s1");
		})).singleElement().asString().contains("an attempt while there is another");
		assertThat(violations((history) -> {
			history.serverOpened("a");
			history.success("a");
			history.state("a", "s1");
		})).singleElement().asString().contains("an outcome without attempt");
		assertThat(violations((history) -> {
			history.attempting("a");
			history.failed("a", new IllegalStateException("expected by the test"));
			history.lost("a");
			subscribe(history, "s1");
		})).singleElement().asString().contains("a loss without subscription");
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.lost("a");
			history.serverState("s2");
			history.update("a", "s2");
		})).singleElement().asString().contains("an update without subscription");
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.closed("a");
			history.serverEnded("a");
			history.lost("a");
		})).singleElement().asString().contains("news after the end");
	}

	@Test
	void statesMustBeTheServersAndInOrder() {
		assertThat(violations((history) -> subscribe(history, "of nobody")).get(0))
			.contains("a state that the server was never in");
		assertThat(violations((history) -> {
			history.serverState("s2");
			subscribe(history, "s2");
			history.lost("a");
			history.attempting("a");
			history.success("a");
			history.state("a", "s1");
		}).get(0)).contains("a state older than the one before");
		String mix = "not the server's next state, but a mix, a gap or a repetition";
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.serverState("s2");
			history.update("a", "a mix");
		})).singleElement().asString().contains(mix);
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.serverState("s2");
			history.serverState("s3");
			history.update("a", "s3");
		}).get(0)).contains(mix);
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.update("a", "s1");
		}).get(0)).contains(mix);
	}

	@Test
	void theEndMustBeTheServersStateWithOneSubscription() {
		String notThere = "the end: a is not in the server's state";
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.serverState("s2");
		})).singleElement().asString().contains(notThere);
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.lost("a");
		})).singleElement().asString().contains(notThere);
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.serverOpened("a");
		})).singleElement().asString().contains("the server holds 2 subscriptions of a (expected: 1)");
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.serverEnded("a");
		})).singleElement().asString().contains("the server holds 0 subscriptions of a (expected: 1)");
		assertThat(violations((history) -> {
			subscribe(history, "s1");
			history.closed("a");
		})).singleElement().asString().contains("the server holds 1 subscriptions of a (expected: 0)");
		assertThat(violations((history) -> {
			history.serverEnded("a");
			history.closed("a");
		}).get(0)).contains("ended more often than opened");
	}

	@Test
	void theTimelineHasALineForEach() {
		SubscriptionHistory<String> history = new SubscriptionHistory<>(() -> 1_500_000_000L);
		history.note("cut");
		history.state("a", "s1");
		assertThat(history.toString().lines()).hasSize(2).last().asString().matches(" +1.5S STATE +a +s1");
		assertThat(history.count(SubscriptionHistory.What.STATE)).isOne();
	}

	private static void subscribe(SubscriptionHistory<String> history, String state) {
		subscribe(history, "a", state);
	}

	private static void subscribe(SubscriptionHistory<String> history, String subscriber, String state) {
		history.attempting(subscriber);
		history.serverOpened(subscriber);
		history.success(subscriber);
		history.state(subscriber, state);
	}

	/** Of a server that begins with the state s1. */
	private static List<String> violations(Consumer<SubscriptionHistory<String>> events) {
		SubscriptionHistory<String> history = new SubscriptionHistory<>(() -> 0);
		history.serverState("s1");
		events.accept(history);
		return new SubscriptionHistoryChecker<>(history).check();
	}

}
