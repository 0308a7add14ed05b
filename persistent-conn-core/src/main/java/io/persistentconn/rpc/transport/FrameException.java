package io.persistentconn.rpc.transport;

import java.net.SocketAddress;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * What the peer sent is no frame. Source: rule R8.
 */
public final class FrameException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final long value;

	private FrameException(SocketAddress peer, Kind kind, long value, String message) {
		super("Connection to " + peer + ": " + message);
		this.kind = kind;
		this.value = value;
	}

	static FrameException ofLength(SocketAddress peer, long length, int maxLength) {
		Kind kind = (length < 0) ? Kind.NEGATIVE : ((length == 0) ? Kind.ZERO : Kind.TOO_LONG);
		return new FrameException(peer, kind, length,
				"length of a received message: " + length + " (expected: 1 to " + maxLength + ")");
	}

	static FrameException cutOff(SocketAddress peer, int received) {
		return new FrameException(peer, Kind.CUT_OFF, received,
				"the stream ended " + received + " bytes into a frame (expected: the rest of it)");
	}

	/**
	 * What is wrong.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * The wrong number.
	 * @return the length that the peer claimed, or, of {@link Kind#CUT_OFF}, how many
	 * bytes of the frame had come, its own length included
	 */
	public long value() {
		return this.value;
	}

	/**
	 * What can be wrong.
	 */
	public enum Kind {

		/** The length is below zero. */
		NEGATIVE,

		/** The length is zero: there is no message of no bytes. */
		ZERO,

		/** The length is above {@link MessageTransport#maxReceivedLength}. */
		TOO_LONG,

		/** The stream ended in the middle of a frame. */
		CUT_OFF

	}

}
