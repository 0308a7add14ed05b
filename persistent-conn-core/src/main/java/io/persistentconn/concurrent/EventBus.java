package io.persistentconn.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells any number of listeners about events, in order. A listener that comes late
 * receives the last event first. One that throws is logged and disturbs nobody.
 * <p>
 * All calls to listeners are made by the owner that the bus was created with; listeners
 * may be added and cancelled from any thread. Source: rule C10.
 *
 * @param <E> the type of the events
 */
public final class EventBus<E> {

	private static final Logger logger = LoggerFactory.getLogger(EventBus.class);

	private final Executor owner;

	private final List<Listener<E>> listeners = new ArrayList<>();

	private @Nullable E last;

	/**
	 * Creates a bus without listeners.
	 * @param owner runs one task at a time, and calls {@link #publish}
	 */
	public EventBus(Executor owner) {
		this.owner = owner;
	}

	/**
	 * Adds a listener; if there was an event already, it is told of the last one.
	 * @param consumer called by the owner, so it must not block
	 * @return takes the listener away: a call that has not begun is not made
	 */
	public Cancellable addListener(Consumer<? super E> consumer) {
		Listener<E> listener = new Listener<>(consumer);
		this.owner.execute(() -> {
			if (listener.cancelled) {
				return;
			}
			this.listeners.add(listener);
			E event = this.last;
			if (event != null) {
				listener.accept(event);
			}
		});
		return () -> {
			listener.cancelled = true;
			try {
				this.owner.execute(() -> this.listeners.remove(listener));
			}
			catch (RejectedExecutionException ex) {
				// The owner has ended, so nothing will be published, and the bus can go.
			}
		};
	}

	/**
	 * Tells all listeners of an event. Must be called by the owner.
	 * @param event the event
	 */
	public void publish(E event) {
		this.last = event;
		if (!this.listeners.isEmpty()) {
			List.copyOf(this.listeners).forEach((listener) -> listener.accept(event));
		}
	}

	private static final class Listener<E> {

		private final Consumer<? super E> consumer;

		private volatile boolean cancelled;

		Listener(Consumer<? super E> consumer) {
			this.consumer = consumer;
		}

		void accept(E event) {
			if (this.cancelled) {
				return;
			}
			try {
				this.consumer.accept(event);
			}
			catch (Throwable ex) {
				logger.warn("A listener failed on {}", event, ex);
			}
		}

	}

}
