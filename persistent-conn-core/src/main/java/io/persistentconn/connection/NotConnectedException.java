package io.persistentconn.connection;

import java.time.Duration;
import java.util.Optional;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * No connection came within the time that
 * {@link PersistentConnection#awaitConnected(Duration)} was given. The cause is the error
 * of the last attempt, if one failed. Source: rule C6.
 */
public final class NotConnectedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	NotConnectedException(String name, Duration waited, Optional<Throwable> lastError) {
		super(name + ": not connected after " + waited
				+ lastError.map((error) -> "; the last attempt failed: " + error).orElse(""), orNull(lastError));
	}

	private static @Nullable Throwable orNull(Optional<Throwable> error) {
		return error.orElse(null);
	}

}
