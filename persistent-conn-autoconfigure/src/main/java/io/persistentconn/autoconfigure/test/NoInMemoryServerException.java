package io.persistentconn.autoconfigure.test;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A connection has no server to reach in memory.
 */
public final class NoInMemoryServerException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final String connection;

	NoInMemoryServerException(String connection) {
		super("The connection '" + connection + "' has no server to reach. In memory it reaches the server '"
				+ connection + "' of the same application context, and there is none");
		this.connection = connection;
	}

	/**
	 * The name of the connection.
	 * @return the name
	 */
	public String connection() {
		return this.connection;
	}

}
