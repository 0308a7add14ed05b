package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * The peer sent more bytes without a delimiter, or a longer line, than was allowed.
 */
public final class DelimiterNotFoundException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	DelimiterNotFoundException(SocketAddress remoteAddress, String message) {
		super(remoteAddress, message, null);
	}

}
