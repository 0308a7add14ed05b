package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * The peer closed its side, in good order.
 */
public final class PeerClosedException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	PeerClosedException(SocketAddress remoteAddress, String message) {
		super(remoteAddress, message, null);
	}

}
