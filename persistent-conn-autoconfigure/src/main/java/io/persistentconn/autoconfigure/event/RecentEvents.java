package io.persistentconn.autoconfigure.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.context.ApplicationListener;

/**
 * The last events of each connection, server and subscription, for pages. May be used
 * from any thread.
 */
public final class RecentEvents implements ApplicationListener<PersistentConnEvent> {

	/** How many events of each are kept: 20. */
	public static final int CAPACITY = 20;

	private final Map<Object, Deque<RecentEvent>> events = new HashMap<>();

	/**
	 * Creates an empty memory.
	 */
	public RecentEvents() {
	}

	@Override
	public void onApplicationEvent(PersistentConnEvent event) {
		if (event instanceof SubscriptionEvent.Closed closed && closed.subscription().isClosed()) {
			forget(closed.subscription());
			return;
		}
		RecentEvent recent = new RecentEvent(Instant.ofEpochMilli(event.getTimestamp()), event.toString());
		synchronized (this.events) {
			Deque<RecentEvent> ofSource = this.events.computeIfAbsent(event.getSource(), (key) -> new ArrayDeque<>());
			if (ofSource.size() == CAPACITY) {
				ofSource.removeFirst();
			}
			ofSource.addLast(recent);
		}
	}

	/**
	 * Of connections and servers there are always the same, but subscriptions come and
	 * go.
	 */
	private void forget(Object source) {
		synchronized (this.events) {
			this.events.remove(source);
		}
	}

	/**
	 * The last events of a connection, server or subscription.
	 * @param source the connection, server or subscription
	 * @return its events, the oldest first
	 */
	public List<RecentEvent> of(Object source) {
		synchronized (this.events) {
			return List.copyOf(this.events.getOrDefault(source, new ArrayDeque<>()));
		}
	}

	/**
	 * What happened, and when.
	 *
	 * @param at when
	 * @param event what, as {@link PersistentConnEvent#toString()}
	 */
	public record RecentEvent(Instant at, String event) {
	}

}
