package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;

import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.SlowConsumerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each episode of a subscription, whatever its number of attempts: that
 * it is lost, and that it is recovered.
 */
final class SubscriptionLog {

	private static final Logger logger = LoggerFactory.getLogger(SubscriptionLog.class);

	private final String name;

	private final String place;

	/**
	 * Creates a log.
	 * @param place what is subscribed to over which connection
	 */
	SubscriptionLog(String name, String place) {
		this.name = name;
		this.place = place;
	}

	void changed(SubscriptionStatus before, SubscriptionStatus now) {
		if (now.phase() == Phase.ESTABLISHED) {
			established(before, now);
		}
		else if (now.phase() == Phase.RECOVERING && before.phase() == Phase.ESTABLISHED) {
			lost(before, now);
		}
		else if (now.failuresInARow() > before.failuresInARow()) {
			failed(now);
		}
		else if (now.phase() == Phase.CLOSED && before.phase() != Phase.CLOSED) {
			logger.debug("Subscription {}: closed", this.name);
		}
	}

	private void established(SubscriptionStatus before, SubscriptionStatus now) {
		if (before.phase() == Phase.RECOVERING) {
			logger.info("Subscription {}: recovered after {} and {} failed attempt(s)", this.name,
					Duration.between(before.since(), now.since()), before.failuresInARow());
		}
		else {
			logger.info("Subscription {}: subscribed to {}", this.name, this.place);
		}
	}

	private void lost(SubscriptionStatus before, SubscriptionStatus now) {
		String reason = now.lastError().map((error) -> ": " + error).orElse("");
		Duration lifetime = Duration.between(before.since(), now.since());
		if (now.lastError().orElse(null) instanceof SlowConsumerException) {
			// Whoever gave it up has warned of it.
			logger.debug("Subscription {}: lost after {}{}", this.name, lifetime, reason);
		}
		else {
			logger.warn("Subscription {}: lost after {}{}", this.name, lifetime, reason);
		}
	}

	/** That a lost one cannot be recovered at once is no news. */
	private void failed(SubscriptionStatus now) {
		Throwable error = now.lastError().orElse(null);
		if (now.phase() == Phase.CONNECTING && now.failuresInARow() == 1) {
			logger.warn("Subscription {}: cannot subscribe to {} yet: {}", this.name, this.place,
					String.valueOf(error));
		}
		else {
			logger.debug("Subscription {}: attempt {} failed", this.name, now.attempts(), error);
		}
	}

}
