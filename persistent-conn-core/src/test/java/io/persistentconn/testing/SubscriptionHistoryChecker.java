package io.persistentconn.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.persistentconn.testing.SubscriptionHistory.Event;
import io.persistentconn.testing.SubscriptionHistory.What;

/**
 * Says what a {@link SubscriptionHistory} breaks of rules D2 and D5, once everything has
 * come to rest, with servers that send every change to all of their subscribers:
 * <ul>
 * <li>an attempt fails or succeeds, a success is followed immediately by the state, then
 * come updates and the loss, and nothing comes after the end;</li>
 * <li>each state that a reader has is one that the server was in, none is older than one
 * before, and within a subscription none is left out;</li>
 * <li>at the end each reader has the server's state, the server holds exactly one
 * subscription of each, and none of those who closed.</li>
 * </ul>
 * Used once.
 *
 * @param <V> the type of the state
 */
public final class SubscriptionHistoryChecker<V> {

	private final SubscriptionHistory<V> history;

	private final List<V> serverStates = new ArrayList<>();

	private final Map<String, Reader> readers = new TreeMap<>();

	private final List<String> violations = new ArrayList<>();

	public SubscriptionHistoryChecker(SubscriptionHistory<V> history) {
		this.history = history;
	}

	/** The violations, none if all is well. */
	public List<String> check() {
		for (Event<V> event : this.history.events()) {
			if (event.what() == What.SERVER_STATE) {
				this.serverStates.add(event.value());
			}
			else if (event.what() != What.NOTE) {
				this.readers.computeIfAbsent(event.who(), (name) -> new Reader()).take(event);
			}
		}
		this.readers.forEach(this::checkEnd);
		return this.violations;
	}

	private void checkEnd(String name, Reader reader) {
		int expected = reader.closed ? 0 : 1;
		if (reader.atServer != expected) {
			this.violations.add("the end: the server holds " + reader.atServer + " subscriptions of " + name
					+ " (expected: " + expected + ")");
		}
		if (!reader.closed && !(reader.mayUpdate() && reader.position == this.serverStates.size() - 1)) {
			this.violations.add("the end: " + name + " is not in the server's state, last " + reader.last);
		}
	}

	/** What is known of one reader, and of its subscriptions at the server. */
	private final class Reader {

		private int atServer;

		private boolean closed;

		/** What the reader got last, in the words of the history. */
		private What last = What.LOST;

		/** Where in the server's history its state is. */
		private int position;

		private boolean mayUpdate() {
			return this.last == What.STATE || this.last == What.UPDATE;
		}

		private void take(Event<V> event) {
			switch (event.what()) {
				case SERVER_OPENED -> this.atServer++;
				case SERVER_ENDED -> {
					this.atServer--;
					expect(this.atServer >= 0, "ended more often than opened", event);
				}
				case CLOSED -> this.closed = true;
				default -> {
					expect(!this.closed, "news after the end", event);
					news(event);
					this.last = event.what();
				}
			}
		}

		private void news(Event<V> event) {
			expect((this.last == What.SUCCESS) == (event.what() == What.STATE),
					"a success not followed by its state, or a state without success", event);
			switch (event.what()) {
				case ATTEMPTING ->
					expect(this.last == What.LOST || this.last == What.FAILED || this.last == What.REJECTED,
							"an attempt while there is another", event);
				case SUCCESS, FAILED, REJECTED ->
					expect(this.last == What.ATTEMPTING, "an outcome without attempt", event);
				case STATE -> state(event);
				case UPDATE -> update(event);
				case LOST -> expect(mayUpdate(), "a loss without subscription", event);
				default -> throw new IllegalStateException("what: " + event.what());
			}
		}

		private void state(Event<V> event) {
			int found = SubscriptionHistoryChecker.this.serverStates.lastIndexOf(event.value());
			expect(found >= 0, "a state that the server was never in", event);
			expect(found < 0 || found >= this.position, "a state older than the one before", event);
			this.position = Math.max(found, 0);
		}

		private void update(Event<V> event) {
			expect(mayUpdate(), "an update without subscription", event);
			this.position++;
			List<V> states = SubscriptionHistoryChecker.this.serverStates;
			expect(this.position < states.size() && Objects.equals(states.get(this.position), event.value()),
					"not the server's next state, but a mix, a gap or a repetition", event);
		}

		private void expect(boolean holds, String violation, Event<V> event) {
			if (!holds) {
				SubscriptionHistoryChecker.this.violations.add(violation + ": " + event);
			}
		}

	}

}
