package io.persistentconn.rpc.transport;

import java.net.SocketAddress;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Puts the length in front of what an encoder appends. One per transport, used by its
 * owner, so that sending allocates nothing.
 */
final class Framing implements Consumer<ByteBuf> {

	/** How many bytes a length takes. */
	static final int LENGTH_SIZE = Long.BYTES;

	private final SocketAddress peer;

	private final int maxLength;

	private @Nullable FrameEncoder encoder;

	private int tailLength;

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
	 * Frames a message.
	 * @param encoder of the message, or of its head
	 * @param tailLength how many bytes will follow
	 * @param sink calls {@link #accept} with the buffer, or does not; if that throws, it
	 * takes back what was appended
	 */
	void frame(FrameEncoder encoder, int tailLength, Consumer<Consumer<ByteBuf>> sink) {
		if (this.encoder != null) {
			throw new IllegalStateException(
					"Connection to " + this.peer + ": send was called by an encoder (expected: by no encoder)");
		}
		this.encoder = encoder;
		this.tailLength = tailLength;
		try {
			sink.accept(this);
		}
		finally {
			this.encoder = null;
		}
	}

	@Override
	public void accept(ByteBuf buffer) {
		FrameEncoder current = this.encoder;
		if (current == null) {
			throw new IllegalStateException("Nothing is being framed");
		}
		int start = buffer.writerIndex();
		buffer.writeLongLE(0);
		current.encode(buffer);
		long length = (long) buffer.writerIndex() - start - LENGTH_SIZE + this.tailLength;
		if (length > this.maxLength) {
			throw new MessageTooLongException(this.peer, length, this.maxLength);
		}
		if (length <= 0) {
			throw new IllegalArgumentException("length of a message: " + length + " (expected: > 0)");
		}
		buffer.setLongLE(start, length);
	}

}
