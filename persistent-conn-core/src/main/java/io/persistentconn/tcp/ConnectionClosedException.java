package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * This side closed the connection: an operation was begun after that, or not finished
 * before.
 */
public final class ConnectionClosedException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	ConnectionClosedException(SocketAddress remoteAddress, String message) {
		super(remoteAddress, message, null);
	}

}
