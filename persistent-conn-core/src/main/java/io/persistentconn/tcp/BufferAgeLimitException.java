package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * The OS did not take written bytes for longer than the {@link BufferAgeLimit}: the peer
 * does not read. Source: rule T4.
 */
public final class BufferAgeLimitException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	BufferAgeLimitException(SocketAddress remoteAddress, String message) {
		super(remoteAddress, message, null);
	}

}
