package io.persistentconn.connection;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * A persistent connection was closed, or its connector aborted, so there will be no
 * connection to wait for. After an abort the cause is the error that was given. Source:
 * rules C6 and C9.
 */
public final class ConnectionClosedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	ConnectionClosedException(String name, @Nullable Throwable abortedWith) {
		super((abortedWith != null) ? name + ": connecting was aborted: " + abortedWith.getMessage()
				: name + ": the persistent connection is closed", abortedWith);
	}

}
