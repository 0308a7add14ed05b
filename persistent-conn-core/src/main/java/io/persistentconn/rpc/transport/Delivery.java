package io.persistentconn.rpc.transport;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the frames in received bytes and hands them to the handler, until the end, which
 * it tells once. Used by the transport's owner only.
 */
final class Delivery {

	private static final Logger logger = LoggerFactory.getLogger(MessageTransport.class);

	private final SocketAddress peer;

	private int maxLength;

	private @Nullable FrameHandler handler;

	private boolean stopped;

	private boolean ended;

	/**
	 * Creates a delivery that has not started.
	 * @param peer named in errors
	 * @param maxLength of a message, at first
	 */
	Delivery(SocketAddress peer, int maxLength) {
		this.peer = peer;
		this.maxLength = maxLength;
	}

	void start(FrameHandler handler) {
		if (this.handler != null) {
			throw new IllegalStateException("Connection to " + this.peer + " was started before (expected: once)");
		}
		this.handler = handler;
	}

	void maxLength(int bytes) {
		this.maxLength = checkMaxLength(bytes);
	}

	/** Hands nothing over any more, and drops what is received. */
	void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Hands over all whole frames, reading over them, unless a frame's handler wants to
	 * wait.
	 * @param bytes begin with a frame
	 * @return when to go on; {@code null} when there are more bytes
	 * @throws FrameException if these are no frames
	 */
	@Nullable CompletionStage<?> deliver(ByteBuf bytes) {
		// A handler that closes the transport may thereby release its buffer.
		bytes.retain();
		try {
			if (this.handler != null && !this.stopped) {
				this.handler.arrived();
			}
			CompletionStage<?> pause = null;
			while (pause == null && !this.stopped) {
				int length = frameLength(bytes);
				if (length == 0) {
					break;
				}
				pause = deliverNext(bytes, length);
			}
			if (this.stopped) {
				bytes.skipBytes(bytes.readableBytes());
			}
			return pause;
		}
		finally {
			bytes.release();
		}
	}

	/**
	 * Tells the handler, if it was not told before. Not to be called from within
	 * {@link #deliver}.
	 */
	void end(@Nullable Throwable reason) {
		if (this.ended || this.handler == null) {
			return;
		}
		this.stopped = true;
		this.ended = true;
		try {
			this.handler.ended(reason);
		}
		catch (Throwable ex) {
			logger.error("Connection to {}: the frame handler failed on the end of the stream", this.peer, ex);
		}
	}

	static int checkMaxLength(int bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException("maxLength: " + bytes + " (expected: >= 1)");
		}
		return bytes;
	}

	/** The length of the next frame; 0 if it is not complete. */
	private int frameLength(ByteBuf bytes) {
		int following = bytes.readableBytes() - Framing.LENGTH_SIZE;
		if (following < 0) {
			return 0;
		}
		long length = bytes.getLongLE(bytes.readerIndex());
		if (length <= 0 || length > this.maxLength) {
			throw FrameException.ofLength(this.peer, length, this.maxLength);
		}
		return (length <= following) ? (int) length : 0;
	}

	private @Nullable CompletionStage<?> deliverNext(ByteBuf bytes, int length) {
		FrameHandler current = this.handler;
		if (current == null) {
			throw new IllegalStateException("Connection to " + this.peer + " was not started");
		}
		int start = bytes.readerIndex() + Framing.LENGTH_SIZE;
		int end = start + length;
		CompletionStage<?> pause = current.frame(bytes, start, end);
		bytes.readerIndex(end);
		return pause;
	}

}
