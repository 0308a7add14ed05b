package io.persistentconn.autoconfigure.server;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A server has nobody to handle its clients.
 */
public final class NoTcpHandlerException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final String server;

	NoTcpHandlerException(String server) {
		super("The server '" + server + "' has no handler: there is no TcpHandler bean with the qualifier '" + server
				+ "', nor is there one server and one TcpHandler bean only");
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
