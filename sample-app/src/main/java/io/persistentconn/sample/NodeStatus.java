package io.persistentconn.sample;

import java.time.Instant;

import io.persistentconn.connection.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * How the connection to a node is doing, for the page. Times are in milliseconds.
 *
 * @param name the node
 * @param state how it is
 * @param since when it became so
 * @param failures attempts that have failed since then
 * @param error why the last one did, or why the connection was lost
 * @param nextAttempt when it will be tried again
 * @param info what it says of itself; {@code null} as long as it has not
 */
record NodeStatus(String name, State state, long since, int failures, @Nullable String error,
		@Nullable Long nextAttempt, @Nullable NodeInfo info) {

	static NodeStatus of(String name, ConnectionStatus status, @Nullable NodeInfo info) {
		return new NodeStatus(name, State.of(status), status.since().toEpochMilli(), status.failuresInARow(),
				status.lastError().map(ErrorText::of).orElse(null),
				status.nextAttempt().map(Instant::toEpochMilli).orElse(null), info);
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
