package io.persistentconn.connection;

import java.time.Duration;
import java.util.Locale;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * No connection came within the time that
 * {@link PersistentConnection#connected(Duration)} or
 * {@link PersistentConnection#awaitConnected(Duration)} was given. The cause is the error
 * of the last attempt, if one failed. Source: rule C6.
 */
public final class NotConnectedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	NotConnectedException(String name, Duration waited, ConnectionStatus status) {
		super(name + ": not connected" + (waited.isZero() ? "" : " after " + waited) + "; " + why(status),
				status.lastError().orElse(null));
	}

	private static String why(ConnectionStatus status) {
		return status.lastError()
			.map((error) -> ((status.failuresInARow() > 0) ? "the last attempt failed: " : "it was lost: ") + error)
			.orElse("it is " + status.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '));
	}

}
