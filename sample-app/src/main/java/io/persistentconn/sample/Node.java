package io.persistentconn.sample;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.persistentconn.connection.ConnectionEvent.Connected;
import io.persistentconn.connection.PersistentConnection;

/**
 * A node of the fleet: the connection to it, and what it said lately.
 */
final class Node {

	private static final Duration MEMORY = Duration.ofMinutes(2);

	private final PersistentConnection<VitalsFeed> connection;

	private final Clock clock;

	private final Consumer<Sample> listener;

	private final Deque<Sample> samples = new ArrayDeque<>();

	/**
	 * Listens to a node.
	 * @param listener told of every sample, on an event loop, so it must not block
	 */
	Node(PersistentConnection<VitalsFeed> connection, Clock clock, Consumer<Sample> listener) {
		this.connection = connection;
		this.clock = clock;
		this.listener = listener;
		// Every new connection is listened to anew.
		connection.addListener((event) -> {
			if (event instanceof Connected<?, VitalsFeed> connected) {
				connected.connection().forEach(this::receive);
			}
		});
	}

	private void receive(Vitals vitals) {
		Sample sample = new Sample(this.clock.millis(), vitals);
		synchronized (this.samples) {
			this.samples.add(sample);
			while (this.samples.element().at() < sample.at() - MEMORY.toMillis()) {
				this.samples.remove();
			}
		}
		this.listener.accept(sample);
	}

	/** What the node said in the last minutes, in order. */
	List<Sample> samples() {
		synchronized (this.samples) {
			return List.copyOf(this.samples);
		}
	}

	NodeStatus status() {
		return NodeStatus.of(this.connection.name(), this.connection.status());
	}

	/** Closes the present connection. The persistent connection makes another one. */
	void cut() {
		this.connection.currentConnection().ifPresent(VitalsFeed::closeAsync);
	}

	void retryNow() {
		this.connection.retryNow();
	}

}
