package io.persistentconn.tcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * No connection was made within {@link ConnectOptions#timeout()}. Source: rule T2.
 */
public final class ConnectTimedOutException extends ConnectFailedException {

	private static final long serialVersionUID = 1L;

	ConnectTimedOutException(WhereToConnect<?> whereToConnect, String during, Duration timeout,
			@Nullable Throwable cause) {
		super(whereToConnect, "Connecting to " + whereToConnect + " took longer than " + timeout + ", while " + during,
				cause);
	}

}
