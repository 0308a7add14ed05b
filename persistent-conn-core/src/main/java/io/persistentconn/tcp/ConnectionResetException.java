package io.persistentconn.tcp;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke: the peer reset it, the network failed, or the OS gave up on it.
 */
public final class ConnectionResetException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	ConnectionResetException(SocketAddress remoteAddress, String message, @Nullable Throwable cause) {
		super(remoteAddress, message, cause);
	}

}
