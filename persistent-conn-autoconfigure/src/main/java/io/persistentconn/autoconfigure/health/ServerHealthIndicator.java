package io.persistentconn.autoconfigure.health;

import io.persistentconn.autoconfigure.netty.SocketAddresses;
import io.persistentconn.autoconfigure.status.ServerStatus;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one server, at one moment: UP while it listens, DOWN if it stopped by
 * itself, else OUT_OF_SERVICE.
 */
final class ServerHealthIndicator implements HealthIndicator {

	private final ServerStatus status;

	ServerHealthIndicator(ServerStatus status) {
		this.status = status;
	}

	@Override
	public Health health() {
		Health.Builder health = new Health.Builder(assess()).withDetail("state", this.status.phase());
		this.status.listeningOn()
			.ifPresent((address) -> health.withDetail("listeningOn", SocketAddresses.format(address)));
		health.withDetail("connections", this.status.connections())
			.withDetail("maxConnections", this.status.maxConnections());
		if (this.status.dropping()) {
			health.withDetail("dropping", true);
		}
		this.status.error().ifPresent((error) -> health.withDetail("lastError", error.toString()));
		return health.build();
	}

	private Status assess() {
		return switch (this.status.phase()) {
			case LISTENING -> Status.UP;
			case FAILED -> Status.DOWN;
			case NOT_STARTED, DRAINING, STOPPED -> Status.OUT_OF_SERVICE;
		};
	}

}
