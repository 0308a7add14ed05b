package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.SlowConsumerException;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each loss of a subscription and one for its recovery, whatever the
 * number of attempts, and between them one for each new reason why it is not recovered
 * (rule C16). Used by the owner of the subscription.
 */
final class SubscriptionLog {

	private static final Logger logger = LoggerFactory.getLogger(SubscriptionLog.class);

	private final String name;

	private final String place;

	private final BooleanSupplier connected;

	/** Why it was last said not to be established, in this episode. */
	private @Nullable String reason;

	/**
	 * Creates a log.
	 * @param place what is subscribed to over which connection
	 * @param connected whether there is a connection at present
	 */
	SubscriptionLog(String name, String place, BooleanSupplier connected) {
		this.name = name;
		this.place = place;
		this.connected = connected;
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
		this.reason = null;
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

	/**
	 * One line for each reason, as long as it is the same. That there is no connection is
	 * the connection's to say, but for the first time.
	 */
	private void failed(SubscriptionStatus now) {
		Throwable error = now.lastError().orElse(null);
		String text = String.valueOf(error);
		boolean first = now.phase() == Phase.CONNECTING && now.failuresInARow() == 1;
		if (first || (!isOfConnection(error) && !text.equals(this.reason))) {
			logger.warn("Subscription {}: cannot subscribe to {} yet: {}", this.name, this.place, text);
			this.reason = text;
		}
		else {
			logger.debug("Subscription {}: attempt {} failed", this.name, now.attempts(), error);
		}
	}

	private boolean isOfConnection(@Nullable Throwable error) {
		return !this.connected.getAsBoolean()
				|| (error instanceof RpcException call && call.error() instanceof RpcError.ConnectionClosed);
	}

}
