package io.persistentconn.autoconfigure.properties;

import java.time.Duration;

import io.persistentconn.durable.Overflow;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A durable subscription.
 *
 * @param resubscribeDelay Time from a failed attempt to subscribe, or the loss of a
 * subscription, to the next attempt.
 * @param buffer what waits for its reader
 * @param health health
 */
public record SubscriptionProperties(@DefaultValue("5s") Duration resubscribeDelay, @DefaultValue Buffer buffer,
		@DefaultValue Health health) {

	/**
	 * What waits for a reader that does not keep up.
	 *
	 * @param size Number of updates that may wait for the reader.
	 * @param overflow What happens when one more comes: "resubscribe" drops them and
	 * subscribes anew, "pushback" stops reading from the whole connection, "close" ends
	 * the subscription.
	 */
	public record Buffer(@DefaultValue("1024") int size, @DefaultValue("resubscribe") Overflow overflow) {
	}

	/**
	 * What the health of the application makes of a subscription.
	 *
	 * @param include Whether health shows the subscription.
	 * @param required Whether health is down while the subscription is lost beyond the
	 * grace period.
	 * @param gracePeriod Time for which a lost subscription still counts as up.
	 */
	public record Health(@DefaultValue("true") boolean include, @DefaultValue("true") boolean required,
			@DefaultValue("30s") Duration gracePeriod) {
	}

}
