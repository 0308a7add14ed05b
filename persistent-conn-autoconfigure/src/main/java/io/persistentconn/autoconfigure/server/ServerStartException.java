package io.persistentconn.autoconfigure.server;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A server could not listen, and so the application cannot start.
 */
public final class ServerStartException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final String server;

	ServerStartException(String server, Throwable cause) {
		super("The server '" + server + "' could not be started. " + cause.getMessage(), cause);
		this.server = server;
	}

	/**
	 * The name of the server.
	 * @return the name
	 */
	public String server() {
		return this.server;
	}

}
