package io.persistentconn.sample;

import java.time.Instant;

import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.connection.ConnectionStatus;
import io.persistentconn.connection.PersistentConnection;
import org.jspecify.annotations.Nullable;

/**
 * How the connection to a node and the subscription over it are doing, for the page.
 * Times are in milliseconds.
 *
 * @param name the node
 * @param state how it is
 * @param since when it became so
 * @param failures attempts that have failed since then
 * @param error why the last one did, or why the connection was lost
 * @param nextAttempt when it will be tried again
 * @param vitals how the subscription is
 * @param info what it says of itself; {@code null} as long as it has not
 */
record NodeStatus(String name, State state, long since, int failures, @Nullable String error,
		@Nullable Long nextAttempt, VitalsStatus vitals, @Nullable NodeInfo info) {

	static NodeStatus of(PersistentConnection<?> connection, NamedSubscription subscription, @Nullable NodeInfo info) {
		ConnectionStatus status = connection.status();
		return new NodeStatus(connection.name(), State.of(status), status.since().toEpochMilli(),
				status.failuresInARow(), status.lastError().map(ErrorText::of).orElse(null),
				status.nextAttempt().map(Instant::toEpochMilli).orElse(null), VitalsStatus.of(subscription), info);
	}

	/** What the page distinguishes. */
	enum State {

		/** Not connected yet. */
		CONNECTING,

		/** Connected. */
		CONNECTED,

		/** Not connected any more, but soon again. */
		LOST,

		/** Not connected, and not to be. */
		CLOSED;

		private static State of(ConnectionStatus status) {
			return switch (status.phase()) {
				case NOT_STARTED, CONNECTING -> (status.connects() == 0) ? State.CONNECTING : LOST;
				case CONNECTED -> State.CONNECTED;
				case CLOSING, PAUSED, CLOSED -> State.CLOSED;
			};
		}

	}

}
