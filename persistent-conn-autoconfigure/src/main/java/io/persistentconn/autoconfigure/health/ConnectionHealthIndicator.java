package io.persistentconn.autoconfigure.health;

import java.time.Duration;
import java.time.InstantSource;

import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.connection.ConnectionStatus;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one connection:
 *
 * <pre>
 *                          required         not required
 * not started              UNKNOWN          UNKNOWN
 * connected                UP               UP
 * lost, within grace       UP               UP
 * lost, beyond grace       DOWN             UP
 * closing, paused, closed  OUT_OF_SERVICE   UP
 * </pre>
 */
final class ConnectionHealthIndicator implements HealthIndicator {

	private final PersistentConnection<?> connection;

	private final ConnectionProperties.Health properties;

	private final InstantSource clock;

	ConnectionHealthIndicator(PersistentConnection<?> connection, ConnectionProperties.Health properties,
			InstantSource clock) {
		this.connection = connection;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Health health() {
		ConnectionStatus status = this.connection.status();
		Health.Builder health = new Health.Builder(assess(status)).withDetail("state", status.phase());
		status.address().ifPresent((address) -> health.withDetail("address", address.toString()));
		health.withDetail("since", status.since());
		if (status.phase() == Phase.CONNECTING) {
			health.withDetail("attempts", status.failuresInARow());
		}
		status.lastError().ifPresent((error) -> health.withDetail("lastError", error.toString()));
		status.nextAttempt().ifPresent((instant) -> health.withDetail("nextRetry", instant));
		return health.build();
	}

	private Status assess(ConnectionStatus status) {
		return switch (status.phase()) {
			case NOT_STARTED -> Status.UNKNOWN;
			case CONNECTED -> Status.UP;
			case CONNECTING -> isWithinGrace(status) ? Status.UP : unlessOptional(Status.DOWN);
			case CLOSING, PAUSED, CLOSED -> unlessOptional(Status.OUT_OF_SERVICE);
		};
	}

	private boolean isWithinGrace(ConnectionStatus status) {
		Duration lost = Duration.between(status.since(), this.clock.instant());
		return lost.compareTo(this.properties.gracePeriod()) < 0;
	}

	private Status unlessOptional(Status status) {
		return this.properties.required() ? status : Status.UP;
	}

}
