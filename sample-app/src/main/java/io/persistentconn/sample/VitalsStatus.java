package io.persistentconn.sample;

import java.time.Instant;

import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.durable.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * How the subscription to a node's vitals is doing, for the page. Times are in
 * milliseconds.
 *
 * @param state how it is
 * @param since when it became so
 * @param failures attempts that have failed since then
 * @param error why the last one did, or why it was lost
 * @param lastUpdate when vitals came last: so old is what the page shows
 */
record VitalsStatus(SubscriptionStatus.Phase state, long since, int failures, @Nullable String error,
		@Nullable Long lastUpdate) {

	static VitalsStatus of(NamedSubscription subscription) {
		SubscriptionStatus status = subscription.status();
		return new VitalsStatus(status.phase(), status.since().toEpochMilli(), status.failuresInARow(),
				status.lastError().map(ErrorText::of).orElse(null),
				subscription.lastUpdate().map(Instant::toEpochMilli).orElse(null));
	}

}
