package io.persistentconn.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * Root of the errors of this library. Messages name the connection or server, the value
 * and what was expected.
 */
public class PersistentConnException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an error.
	 * @param message what happened, to which connection or server
	 */
	public PersistentConnException(String message) {
		super(message);
	}

	/**
	 * Creates an error with a cause.
	 * @param message what happened, to which connection or server
	 * @param cause why, or {@code null}
	 */
	public PersistentConnException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
