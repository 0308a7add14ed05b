package io.persistentconn.sample;

import io.persistentconn.tcp.TcpConnection;

/**
 * What is connected to does not send vitals.
 */
final class VitalsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	VitalsException(TcpConnection<?> connection, String message) {
		super(connection.remoteAddress() + " " + message + " (expected: a line of JSON every second)");
	}

}
