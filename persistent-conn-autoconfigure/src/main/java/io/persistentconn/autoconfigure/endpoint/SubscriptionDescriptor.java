package io.persistentconn.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;

import io.persistentconn.autoconfigure.event.RecentEvents.RecentEvent;
import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.durable.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint tells of a durable subscription.
 *
 * @param state what it is doing
 * @param since when it began to do that
 * @param lastUpdate when a state or an update came last
 * @param rpc the name and version of what is subscribed to
 * @param connection the name of the connection that it goes over
 * @param attempts how many attempts have failed since it was established last
 * @param recoveries how often it was lost and established again
 * @param lastError why the last attempt failed, or it was lost
 * @param recentEvents its last events, the oldest first
 */
public record SubscriptionDescriptor(SubscriptionStatus.Phase state, Instant since, @Nullable Instant lastUpdate,
		String rpc, String connection, int attempts, long recoveries, @Nullable String lastError,
		List<RecentEvent> recentEvents) {

	static SubscriptionDescriptor of(NamedSubscription subscription, List<RecentEvent> recentEvents) {
		SubscriptionStatus status = subscription.status();
		return new SubscriptionDescriptor(status.phase(), status.since(), subscription.lastUpdate().orElse(null),
				subscription.rpc().toString(), subscription.connection().name(), status.failuresInARow(),
				subscription.recoveries(), status.lastError().map(Throwable::toString).orElse(null), recentEvents);
	}

}
