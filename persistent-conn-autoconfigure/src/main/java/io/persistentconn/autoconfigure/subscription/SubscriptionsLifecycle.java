package io.persistentconn.autoconfigure.subscription;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.connection.ConnectionsLifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Subscribes for the annotated methods when the application starts, and ends that when it
 * stops, as often as it does. When it has stopped, none of them is called any more.
 */
public final class SubscriptionsLifecycle implements SmartLifecycle {

	/**
	 * After connections, and before servers; stopped between them.
	 */
	public static final int PHASE = ConnectionsLifecycle.PHASE + 2048;

	private final Subscribers subscribers;

	private volatile boolean running;

	/**
	 * Creates the life of all annotated subscriptions.
	 * @param subscribers the annotated methods
	 */
	public SubscriptionsLifecycle(Subscribers subscribers) {
		this.subscribers = subscribers;
	}

	@Override
	public void start() {
		this.running = true;
		this.subscribers.all().forEach(Subscriber::start);
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	/**
	 * Waits for the methods that are being called.
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		CompletableFuture.allOf(this.subscribers.all().stream().map(Subscriber::stop).toArray(CompletableFuture[]::new))
			.whenComplete((stopped, error) -> callback.run());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
