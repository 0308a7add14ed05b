package io.persistentconn.autoconfigure.event;

import java.time.Duration;
import java.util.function.Consumer;

import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.autoconfigure.subscription.SubscriptionListener;
import io.persistentconn.durable.SubscriptionStatus;

/**
 * Turns what happens to durable subscriptions into events of the application. Attempts
 * are none.
 */
final class SubscriptionFeed implements SubscriptionListener {

	private final Consumer<PersistentConnEvent> sink;

	/**
	 * Creates a feed.
	 * @param sink takes the events, and must not block
	 */
	SubscriptionFeed(Consumer<PersistentConnEvent> sink) {
		this.sink = sink;
	}

	@Override
	public void changed(NamedSubscription subscription, SubscriptionStatus before, SubscriptionStatus now) {
		if (now.phase() == before.phase()) {
			return;
		}
		Duration lasted = Duration.between(before.since(), now.since());
		switch (now.phase()) {
			case CONNECTING -> {
			}
			case ESTABLISHED ->
				this.sink.accept((now.established() == 1) ? new SubscriptionEvent.Established(subscription)
						: new SubscriptionEvent.Recovered(subscription, lasted, before.failuresInARow()));
			case RECOVERING ->
				this.sink.accept(new SubscriptionEvent.Lost(subscription, now.lastError().orElse(null), lasted));
			case CLOSED -> this.sink.accept(new SubscriptionEvent.Closed(subscription));
		}
	}

}
