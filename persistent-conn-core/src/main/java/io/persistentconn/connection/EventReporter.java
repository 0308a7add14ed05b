package io.persistentconn.connection;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.concurrent.EventBus;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners and the handler of one event at a time. The next event, and the
 * next step, wait for the handler's stage (rule C2). Owned by the time source.
 */
final class EventReporter<A, C> {

	private static final Logger logger = LoggerFactory.getLogger(PersistentConnection.class);

	private final String name;

	private final TimeSource owner;

	private final ConnectionEventHandler<A, C> handler;

	private final EventBus<ConnectionEvent<?, C>> listeners;

	/** The event that the handler is at work on, if any, then those that wait for it. */
	private final Queue<Report<A, C>> reports = new ArrayDeque<>(2);

	EventReporter(Settings<A, C> settings) {
		this.name = settings.name();
		this.owner = settings.time();
		this.handler = settings.handler();
		this.listeners = new EventBus<>(this.owner);
	}

	EventBus<ConnectionEvent<?, C>> listeners() {
		return this.listeners;
	}

	/**
	 * Reports an event as soon as the handler is done with those before it.
	 * @param next run by the owner once the handler is done with this one
	 */
	void report(ConnectionEvent<A, C> event, Runnable next) {
		this.reports.add(new Report<>(event, next));
		if (this.reports.size() == 1) {
			deliver(event);
		}
	}

	private void deliver(ConnectionEvent<A, C> event) {
		this.listeners.publish(event);
		handle(event).whenComplete((ignored, error) -> this.owner.execute(() -> delivered(event, error)));
	}

	private CompletionStage<?> handle(ConnectionEvent<A, C> event) {
		try {
			CompletionStage<?> stage = this.handler.handle(event);
			return (stage != null) ? stage : CompletableFuture.completedStage(null);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private void delivered(ConnectionEvent<A, C> event, @Nullable Throwable error) {
		if (error != null) {
			logger.warn("{}: the event handler failed on {}", this.name, event, error);
		}
		Report<A, C> done = this.reports.remove();
		Report<A, C> waiting = this.reports.peek();
		done.next.run();
		if (waiting != null) {
			deliver(waiting.event);
		}
	}

	private record Report<A, C>(ConnectionEvent<A, C> event, Runnable next) {
	}

}
