package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * The peer did not acknowledge bytes within {@link Liveness#userTimeout()}. Source: rule
 * T13.
 */
public final class UserTimeoutException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	UserTimeoutException(SocketAddress remoteAddress, String message, Throwable cause) {
		super(remoteAddress, message, cause);
	}

}
