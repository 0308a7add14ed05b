package io.persistentconn.tcp;

import java.net.SocketAddress;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong with an established connection. The message names the peer.
 */
public abstract sealed class TcpConnectionException extends PersistentConnException permits BufferAgeLimitException,
		ConnectionClosedException, ConnectionResetException, DelimiterNotFoundException, EndOfStreamException,
		KeepAliveTimeoutException, PeerClosedException, ReadIdleTimeoutException, UserTimeoutException {

	private static final long serialVersionUID = 1L;

	private final SocketAddress remoteAddress;

	TcpConnectionException(SocketAddress remoteAddress, String message, @Nullable Throwable cause) {
		super("Connection to " + remoteAddress + " " + message, cause);
		this.remoteAddress = remoteAddress;
	}

	/**
	 * The peer.
	 * @return its address
	 */
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

}
