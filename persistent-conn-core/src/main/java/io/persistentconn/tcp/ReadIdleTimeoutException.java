package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * Nothing was received for longer than {@link Liveness#readIdleTimeout()}. Source: rule
 * T13.
 */
public final class ReadIdleTimeoutException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	ReadIdleTimeoutException(SocketAddress remoteAddress, String message) {
		super(remoteAddress, message, null);
	}

}
