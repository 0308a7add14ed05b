package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * The peer answered none of the {@link KeepAlive} probes of an idle connection. Source:
 * rule T13.
 */
public final class KeepAliveTimeoutException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	KeepAliveTimeoutException(SocketAddress remoteAddress, String message, Throwable cause) {
		super(remoteAddress, message, cause);
	}

}
