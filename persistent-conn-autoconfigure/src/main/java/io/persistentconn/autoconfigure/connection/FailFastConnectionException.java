package io.persistentconn.autoconfigure.connection;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * The first attempt of a connection with {@code fail-fast} failed, and so does the start
 * of the application.
 */
public final class FailFastConnectionException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final String name;

	FailFastConnectionException(String name, @Nullable Throwable cause) {
		super("The connection '" + name + "' could not be established: "
				+ ((cause != null) ? cause.getMessage() : "no reason is known"), cause);
		this.name = name;
	}

	/**
	 * The name of the connection.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

}
