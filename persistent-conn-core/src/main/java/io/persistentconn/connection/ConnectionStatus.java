package io.persistentconn.connection;

import java.time.Instant;
import java.util.Optional;

/**
 * How a {@link PersistentConnection} is doing, at one moment: for health, meters and
 * pages.
 *
 * @param phase what it is doing
 * @param since when it began to do that; retries within an episode leave this alone
 * @param address the address tried last, or connected to
 * @param failuresInARow how many attempts have failed since the last connection
 * @param lastError why the last attempt failed or the last connection was lost; a success
 * clears it
 * @param nextAttempt when it will try again, while it waits for that
 * @param connects how many connections were established so far
 * @param failures how many attempts failed so far
 * @param disconnects how many connections were lost or closed so far
 */
public record ConnectionStatus(Phase phase, Instant since, Optional<Object> address, int failuresInARow,
		Optional<Throwable> lastError, Optional<Instant> nextAttempt, long connects, long failures, long disconnects) {

	/**
	 * What a persistent connection can be doing.
	 */
	public enum Phase {

		/** Built, but not started. */
		NOT_STARTED,

		/** No connection; trying, or waiting to try again. */
		CONNECTING,

		/** There is a connection. */
		CONNECTED,

		/** Closing its connection, to rest or for good. */
		CLOSING,

		/** Resting until {@link PersistentConnection#resume()}. */
		PAUSED,

		/** Closed for good. */
		CLOSED

	}

}
