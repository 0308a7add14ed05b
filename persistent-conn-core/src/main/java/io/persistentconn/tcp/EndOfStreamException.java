package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * The peer will send no more, but a read needed more than had come. What came stays
 * unread.
 */
public final class EndOfStreamException extends TcpConnectionException {

	private static final long serialVersionUID = 1L;

	private final int received;

	EndOfStreamException(SocketAddress remoteAddress, int received, String expected) {
		super(remoteAddress, "ended after " + received + " bytes (expected: " + expected + ")", null);
		this.received = received;
	}

	/**
	 * How many bytes had come.
	 * @return 0 or more
	 */
	public int received() {
		return this.received;
	}

}
