package io.persistentconn.autoconfigure.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events over from those to whom they happen, who must not wait, to one task that
 * delivers them, one at a time and in order. The task runs while there are events, so
 * that it occupies at most one thread.
 * <p>
 * Of each source at most {@link #MOST_PENDING} events wait. If more come, because a
 * listener is stuck, the oldest of that source is dropped: what is delivered in the end
 * is how things stand.
 * <p>
 * May be used from any thread.
 */
final class EventDelivery {

	static final int MOST_PENDING = 256;

	private static final Logger logger = LoggerFactory.getLogger(EventDelivery.class);

	private final Executor executor;

	private final Consumer<PersistentConnEvent> target;

	private final Map<Object, Deque<PersistentConnEvent>> pending = new HashMap<>();

	/** One entry for each event that is pending: whose turn it is. */
	private final Queue<Deque<PersistentConnEvent>> turns = new ArrayDeque<>();

	private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

	private boolean delivering;

	private long dropped;

	/**
	 * Creates a delivery.
	 * @param executor runs the task
	 * @param target takes the events, as slowly as it likes
	 */
	EventDelivery(Executor executor, Consumer<PersistentConnEvent> target) {
		this.executor = executor;
		this.target = target;
	}

	/** Delivers an event later. */
	void add(PersistentConnEvent event) {
		synchronized (this.pending) {
			enqueue(event);
			if (this.delivering) {
				return;
			}
			this.delivering = true;
			this.idle = new CompletableFuture<>();
		}
		submit();
	}

	/** Completes when all that was added until now, and meanwhile, is delivered. */
	CompletableFuture<Void> idle() {
		synchronized (this.pending) {
			return this.idle.copy();
		}
	}

	private void enqueue(PersistentConnEvent event) {
		Deque<PersistentConnEvent> events = this.pending.computeIfAbsent(event.getSource(),
				(source) -> new ArrayDeque<>());
		events.addLast(event);
		if (events.size() <= MOST_PENDING) {
			this.turns.add(events);
			return;
		}
		events.removeFirst();
		if (this.dropped++ == 0) {
			logger.warn("The listeners of events are too slow: the oldest events of {} are dropped", event.name());
		}
	}

	private void submit() {
		try {
			this.executor.execute(this::deliverAll);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No more events are delivered, for the executor has ended", ex);
			synchronized (this.pending) {
				this.pending.clear();
				this.turns.clear();
			}
			deliverAll();
		}
	}

	private void deliverAll() {
		for (PersistentConnEvent event = next(); event != null; event = next()) {
			try {
				this.target.accept(event);
			}
			catch (Throwable ex) {
				logger.warn("A listener failed on {}", event, ex);
			}
		}
	}

	private @Nullable PersistentConnEvent next() {
		CompletableFuture<Void> finished;
		synchronized (this.pending) {
			Deque<PersistentConnEvent> events = this.turns.poll();
			if (events != null) {
				PersistentConnEvent event = events.removeFirst();
				if (events.isEmpty()) {
					this.pending.remove(event.getSource());
				}
				return event;
			}
			if (this.dropped > 0) {
				logger.warn("{} event(s) were dropped, for their listeners were too slow", this.dropped);
				this.dropped = 0;
			}
			this.delivering = false;
			finished = this.idle;
		}
		finished.complete(null);
		return null;
	}

}
