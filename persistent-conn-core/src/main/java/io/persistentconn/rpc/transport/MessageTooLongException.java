package io.persistentconn.rpc.transport;

import java.net.SocketAddress;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A message was not sent, for it is longer than the transport's limit. The connection
 * goes on. Source: rule R8.
 */
public final class MessageTooLongException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final long length;

	private final int maxLength;

	MessageTooLongException(SocketAddress peer, long length, int maxLength) {
		super("Connection to " + peer + ": length of a message to send: " + length + " (expected: at most " + maxLength
				+ ")");
		this.length = length;
		this.maxLength = maxLength;
	}

	/**
	 * How long the message was.
	 * @return the number of bytes
	 */
	public long length() {
		return this.length;
	}

	/**
	 * How long it may be.
	 * @return the number of bytes
	 */
	public int maxLength() {
		return this.maxLength;
	}

}
