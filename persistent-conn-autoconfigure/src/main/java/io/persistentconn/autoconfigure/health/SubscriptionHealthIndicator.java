package io.persistentconn.autoconfigure.health;

import java.time.Duration;
import java.time.InstantSource;

import io.persistentconn.autoconfigure.properties.SubscriptionProperties;
import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.durable.SubscriptionStatus.Phase;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one subscription:
 *
 * <pre>
 *                                      required         not required
 * not started                          UNKNOWN          UNKNOWN
 * established                          UP               UP
 * connecting or lost, within grace     UP               UP
 * connecting or lost, beyond grace     DOWN             UP
 * closed, for now or for good          OUT_OF_SERVICE   UP
 * </pre>
 */
final class SubscriptionHealthIndicator implements HealthIndicator {

	private final NamedSubscription subscription;

	private final SubscriptionProperties.Health properties;

	private final InstantSource clock;

	SubscriptionHealthIndicator(NamedSubscription subscription, SubscriptionProperties.Health properties,
			InstantSource clock) {
		this.subscription = subscription;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Health health() {
		SubscriptionStatus status = this.subscription.status();
		Health.Builder health = new Health.Builder(assess(status)).withDetail("state", status.phase())
			.withDetail("since", status.since());
		this.subscription.lastUpdate().ifPresent((time) -> health.withDetail("lastUpdate", time));
		if (status.phase() == Phase.CONNECTING || status.phase() == Phase.RECOVERING) {
			health.withDetail("attempts", status.failuresInARow());
		}
		status.lastError().ifPresent((error) -> health.withDetail("lastError", error.toString()));
		return health.build();
	}

	private Status assess(SubscriptionStatus status) {
		if (status.phase() == Phase.CONNECTING && status.attempts() == 0) {
			return Status.UNKNOWN;
		}
		return switch (status.phase()) {
			case ESTABLISHED -> Status.UP;
			case CONNECTING, RECOVERING -> isWithinGrace(status) ? Status.UP : unlessOptional(Status.DOWN);
			case CLOSED -> unlessOptional(Status.OUT_OF_SERVICE);
		};
	}

	private boolean isWithinGrace(SubscriptionStatus status) {
		Duration lost = Duration.between(status.since(), this.clock.instant());
		return lost.compareTo(this.properties.gracePeriod()) < 0;
	}

	private Status unlessOptional(Status status) {
		return this.properties.required() ? status : Status.UP;
	}

}
