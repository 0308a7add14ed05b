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
		FrameHandler current = this.handler;
		// A handler that closes the transport may thereby release its buffer.
		bytes.retain();
		int next = bytes.readerIndex();
		try {
			if (current != null && !this.stopped) {
				current.arrived();
			}
			CompletionStage<?> pause = null;
			int end = bytes.writerIndex();
			while (pause == null && !this.stopped) {
				int length = frameLength(bytes, next, end);
				if (length == 0) {
					break;
				}
				int start = next + Framing.LENGTH_SIZE;
				pause = started(current).frame(bytes, start, start + length);
				next = start + length;
			}
			if (this.stopped) {
				next = end;
			}
			return pause;
		}
		finally {
			bytes.readerIndex(next);
			bytes.release();
		}
	}

	private FrameHandler started(@Nullable FrameHandler current) {
		if (current == null) {
			throw new IllegalStateException("Connection to " + this.peer + " was not started");
		}
		return current;
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

	/** The length of the frame that begins there; 0 if it is not complete. */
	private int frameLength(ByteBuf bytes, int start, int end) {
		int following = end - start - Framing.LENGTH_SIZE;
		if (following < 0) {
			return 0;
		}
		long length = bytes.getLongLE(start);
		if (length <= 0 || length > this.maxLength) {
			throw FrameException.ofLength(this.peer, length, this.maxLength);
		}
		return (length <= following) ? (int) length : 0;
	}

}
