package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.durable.Durable;
import io.persistentconn.durable.SubscriptionOptions;
import io.persistentconn.rpc.RpcConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An annotated method with its subscription, which is opened whenever the application
 * starts and closed when it stops. May be used from any thread.
 */
final class Subscriber {

	private static final Logger logger = LoggerFactory.getLogger(Subscriber.class);

	private final NamedSubscription subscription;

	private final BiFunction<Durable<RpcConnection>, SubscriptionOptions, Pipe<Object>> opener;

	private final SubscriberCalls calls;

	private final Duration resubscribeDelay;

	private boolean running;

	private @Nullable Pipe<Object> stream;

	private CompletableFuture<Void> finished = CompletableFuture.completedFuture(null);

	private @Nullable Cancellable alarm;

	Subscriber(NamedSubscription subscription,
			BiFunction<Durable<RpcConnection>, SubscriptionOptions, Pipe<Object>> opener, SubscriberCalls calls,
			Duration resubscribeDelay) {
		this.subscription = subscription;
		this.opener = opener;
		this.calls = calls;
		this.resubscribeDelay = resubscribeDelay;
	}

	synchronized void start() {
		if (!this.running) {
			this.running = true;
			open();
		}
	}

	private synchronized void open() {
		this.alarm = null;
		if (!this.running || this.subscription.isClosed()) {
			return;
		}
		Pipe<Object> opened = this.subscription.open(this.opener);
		this.stream = opened;
		this.finished = opened.forEach(this.calls);
		this.finished.whenComplete((done, failure) -> {
			if (failure instanceof RejectedExecutionException) {
				openLater(failure);
			}
		});
	}

	/** Updates that nobody was told of cannot be made good but by a new beginning. */
	private synchronized void openLater(Throwable failure) {
		if (this.running) {
			logger.warn("Subscription {}: no thread takes an update; subscribing anew in {}", this.subscription.name(),
					this.resubscribeDelay, failure);
			this.alarm = this.subscription.connection().timeSource().schedule(this.resubscribeDelay, this::open);
		}
	}

	/** Completes when the method is done with what it was told last. */
	synchronized CompletableFuture<?> stop() {
		this.running = false;
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
		}
		if (this.stream != null) {
			this.stream.close();
		}
		return this.finished.handle((done, failure) -> true);
	}

}
