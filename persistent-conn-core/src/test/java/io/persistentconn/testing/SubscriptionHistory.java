package io.persistentconn.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What happened to the subscribers of one state, at the server and at each reader, in
 * order: recorded by a test or a simulation, judged by
 * {@link SubscriptionHistoryChecker}. A reader that gets an update applies it, and
 * records the state that it has then. All methods may be called from any thread.
 *
 * @param <V> the type of the state, which has {@code equals}
 */
public final class SubscriptionHistory<V> {

	private final LongSupplier clock;

	private final List<Event<V>> events = Collections.synchronizedList(new ArrayList<>());

	/**
	 * @param clock tells nanoseconds, for the timeline
	 */
	public SubscriptionHistory(LongSupplier clock) {
		this.clock = clock;
	}

	/** The server's state is now this one. */
	public void serverState(V state) {
		add(What.SERVER_STATE, "server", state, "");
	}

	/** The server has one more subscription of this subscriber. */
	public void serverOpened(String subscriber) {
		add(What.SERVER_OPENED, subscriber, null, "");
	}

	/** The server has one subscription less of this subscriber. */
	public void serverEnded(String subscriber) {
		add(What.SERVER_ENDED, subscriber, null, "");
	}

	public void attempting(String subscriber) {
		add(What.ATTEMPTING, subscriber, null, "");
	}

	public void success(String subscriber) {
		add(What.SUCCESS, subscriber, null, "");
	}

	public void state(String subscriber, V state) {
		add(What.STATE, subscriber, state, "");
	}

	/** An update came, and after it this is the state of the reader. */
	public void update(String subscriber, V state) {
		add(What.UPDATE, subscriber, state, "");
	}

	public void lost(String subscriber) {
		add(What.LOST, subscriber, null, "");
	}

	public void failed(String subscriber, Throwable error) {
		add(What.FAILED, subscriber, null, error.toString());
	}

	public void rejected(String subscriber, Object error) {
		add(What.REJECTED, subscriber, null, error.toString());
	}

	/** The reader has closed the stream, or got to its end. */
	public void closed(String subscriber) {
		add(What.CLOSED, subscriber, null, "");
	}

	/** For whoever reads the timeline. */
	public void note(String note) {
		add(What.NOTE, "", null, note);
	}

	public List<Event<V>> events() {
		synchronized (this.events) {
			return List.copyOf(this.events);
		}
	}

	/** How often something happened. */
	public long count(What what) {
		return events().stream().filter((event) -> event.what() == what).count();
	}

	private void add(What what, String who, V value, String note) {
		this.events.add(new Event<>(this.clock.getAsLong(), what, who, value, note));
	}

	/** The timeline. */
	@Override
	public String toString() {
		StringBuilder lines = new StringBuilder();
		events().forEach((event) -> lines.append(event).append('\n'));
		return lines.toString();
	}

	/**
	 * What can happen.
	 */
	public enum What {

		SERVER_STATE, SERVER_OPENED, SERVER_ENDED, ATTEMPTING, SUCCESS, STATE, UPDATE, LOST, FAILED, REJECTED, CLOSED,
		NOTE

	}

	/**
	 * One thing that happened.
	 *
	 * @param at nanoseconds
	 * @param what what it was
	 * @param who to which subscriber
	 * @param value the state, if there is one to it
	 * @param note for people to read
	 */
	public record Event<V>(long at, What what, String who, V value, String note) {

		@Override
		public String toString() {
			return "%14s %-14s %-6s %s%s".formatted(Duration.ofNanos(this.at).toString().substring(2), this.what,
					this.who, (this.value != null) ? this.value : "", this.note);
		}

	}

}
