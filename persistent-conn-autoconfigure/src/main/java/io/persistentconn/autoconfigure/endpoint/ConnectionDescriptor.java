package io.persistentconn.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;

import io.persistentconn.autoconfigure.event.RecentEvents.RecentEvent;
import io.persistentconn.connection.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint tells of a connection.
 *
 * @param state what it is doing
 * @param since when it began to do that
 * @param address what it is connected to, or tried last
 * @param attempts how many attempts have failed since the last connection
 * @param lastError why the last attempt failed, or the last connection was lost
 * @param nextRetry when it will try again
 * @param connects how many connections were established
 * @param failures how many attempts failed
 * @param disconnects how many connections were lost or closed
 * @param recentEvents its last events, the oldest first
 */
public record ConnectionDescriptor(ConnectionStatus.Phase state, Instant since, @Nullable String address, int attempts,
		@Nullable String lastError, @Nullable Instant nextRetry, long connects, long failures, long disconnects,
		List<RecentEvent> recentEvents) {

	static ConnectionDescriptor of(ConnectionStatus status, List<RecentEvent> recentEvents) {
		return new ConnectionDescriptor(status.phase(), status.since(),
				status.address().map(Object::toString).orElse(null), status.failuresInARow(),
				status.lastError().map(Throwable::toString).orElse(null), status.nextAttempt().orElse(null),
				status.connects(), status.failures(), status.disconnects(), recentEvents);
	}

}
