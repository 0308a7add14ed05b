package io.persistentconn.durable;

import java.time.Instant;
import java.util.Optional;

/**
 * How a durable subscription is doing, at one moment: for health, meters and pages.
 *
 * @param phase what it is doing
 * @param since when it began to do that; retries leave this alone. So while it recovers
 * this is how old the data is
 * @param attempts how many attempts were begun so far
 * @param established how many of them succeeded so far; all but the first one are
 * recoveries
 * @param lost how many subscriptions were lost so far
 * @param failuresInARow how many attempts have failed since the last success
 * @param lastError why the last attempt failed or the last subscription was lost, if that
 * is known; a success clears it
 */
public record SubscriptionStatus(Phase phase, Instant since, long attempts, long established, long lost,
		int failuresInARow, Optional<Throwable> lastError) {

	/**
	 * What a durable subscription can be doing.
	 */
	public enum Phase {

		/** Not established yet: trying, or waiting to try again. */
		CONNECTING,

		/** Its updates come. */
		ESTABLISHED,

		/** Lost: trying, or waiting to try again. */
		RECOVERING,

		/** Closed for good. */
		CLOSED

	}

}
