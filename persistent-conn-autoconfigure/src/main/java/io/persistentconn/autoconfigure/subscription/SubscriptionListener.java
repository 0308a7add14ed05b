package io.persistentconn.autoconfigure.subscription;

import io.persistentconn.durable.SubscriptionStatus;

/**
 * Told of all subscriptions of the application. Called by whoever it happens to, such as
 * an event loop, so it must not block; in order for each subscription.
 */
public interface SubscriptionListener {

	/**
	 * There is one more.
	 * @param subscription the subscription, which may not have begun yet
	 */
	default void added(NamedSubscription subscription) {
	}

	/**
	 * It is doing something else, or has tried again.
	 * @param subscription the subscription
	 * @param before how it was doing
	 * @param now how it is doing
	 */
	default void changed(NamedSubscription subscription, SubscriptionStatus before, SubscriptionStatus now) {
	}

	/**
	 * It is closed for good.
	 * @param subscription the subscription
	 */
	default void removed(NamedSubscription subscription) {
	}

}
