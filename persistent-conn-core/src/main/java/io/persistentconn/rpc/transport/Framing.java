package io.persistentconn.rpc.transport;

import java.net.SocketAddress;

import io.netty.buffer.ByteBuf;

/**
 * Puts the length in front of what an encoder appends. One per transport, used by its
 * owner, so that sending allocates nothing.
 */
final class Framing {

	/** How many bytes a length takes. */
	static final int LENGTH_SIZE = Long.BYTES;

	private final SocketAddress peer;

	private final int maxLength;

	private boolean framing;

	/**
	 * Creates the framing of a transport.
	 * @param peer named in errors
	 * @param maxLength of a message
	 */
	Framing(SocketAddress peer, int maxLength) {
		this.peer = peer;
		this.maxLength = maxLength;
	}

	/**
	 * Appends a framed message.
	 * @param encoder of the message, or of its head
	 * @param tailLength how many bytes will follow
	 * @param buffer gets it; if this throws, the caller takes back what was appended
	 */
	void frame(FrameEncoder encoder, int tailLength, ByteBuf buffer) {
		if (this.framing) {
			throw new IllegalStateException(
					"Connection to " + this.peer + ": send was called by an encoder (expected: by no encoder)");
		}
		int start = buffer.writerIndex();
		buffer.writeLongLE(0);
		this.framing = true;
		try {
			encoder.encode(buffer);
		}
		finally {
			this.framing = false;
		}
		long length = (long) buffer.writerIndex() - start - LENGTH_SIZE + tailLength;
		if (length > this.maxLength) {
			throw new MessageTooLongException(this.peer, length, this.maxLength);
		}
		if (length <= 0) {
			throw new IllegalArgumentException("length of a message: " + length + " (expected: > 0)");
		}
		buffer.setLongLE(start, length);
	}

}
