package io.persistentconn.rpc.protocol;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * The peer sent what cannot be understood, or what it must not send now. It costs the
 * connection, as nothing that follows could be trusted.
 */
public class ProtocolException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an error.
	 * @param message what was received, and what was expected
	 */
	public ProtocolException(String message) {
		super(message);
	}

	/**
	 * Creates an error with a cause.
	 * @param message what was received, and what was expected
	 * @param cause why, or {@code null}
	 */
	public ProtocolException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
