package io.persistentconn.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The bytes received and not read yet, and whether more will come. What comes while
 * nothing is unread is kept by reference; what comes on top of unread bytes is copied
 * behind them, so that many small receives do not pin many large buffers.
 */
final class InboundBuffer {

	private final ByteBufAllocator allocator;

	private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

	private boolean ended;

	private boolean discarded;

	private @Nullable Throwable error;

	InboundBuffer(ByteBufAllocator allocator) {
		this.allocator = allocator;
	}

	/** How many bytes are unread. */
	int unread() {
		return this.bytes.readableBytes();
	}

	/** The unread bytes, to be consumed in place; they still belong to this buffer. */
	ByteBuf bytes() {
		return this.bytes;
	}

	/** Whether no more bytes will come. */
	boolean hasEnded() {
		return this.ended;
	}

	/** Why no more bytes will come; {@code null} if the peer said so in good order. */
	@Nullable Throwable error() {
		return this.error;
	}

	/** Adds received bytes, which belong to this buffer from now on. */
	void append(ByteBuf received) {
		if (this.ended) {
			received.release();
			return;
		}
		if (!this.bytes.isReadable()) {
			this.bytes.release();
			this.bytes = received;
			return;
		}
		int length = received.readableBytes();
		try {
			makeRoomFor(length);
			this.bytes.writeBytes(received);
		}
		finally {
			received.release();
		}
	}

	/**
	 * Hands all unread bytes over.
	 * @return a buffer that belongs to the caller
	 */
	ByteBuf take() {
		ByteBuf taken = this.bytes;
		this.bytes = Unpooled.EMPTY_BUFFER;
		return taken;
	}

	/** Gives the memory back if all was read. */
	void trim() {
		if (!this.bytes.isReadable()) {
			this.bytes.release();
			this.bytes = Unpooled.EMPTY_BUFFER;
		}
	}

	/** Notes that no more will come. The first call wins. */
	void end(@Nullable Throwable error) {
		if (!this.ended) {
			this.ended = true;
			this.error = error;
		}
	}

	/**
	 * Keeps the unread bytes, for a connection that is closed and will be forgotten by
	 * nobody but the garbage collector.
	 */
	void moveToHeap() {
		if (this.bytes.isReadable()) {
			byte[] copy = new byte[unread()];
			this.bytes.readBytes(copy);
			this.bytes.release();
			this.bytes = Unpooled.wrappedBuffer(copy);
		}
		else {
			trim();
		}
	}

	/** Drops the unread bytes, and fails all reads from now on. */
	void discard(Throwable error) {
		this.bytes.release();
		this.bytes = Unpooled.EMPTY_BUFFER;
		this.discarded = true;
		this.ended = true;
		this.error = error;
	}

	/** Whether unread bytes may be missing. */
	boolean isDiscarded() {
		return this.discarded;
	}

	private void makeRoomFor(int length) {
		// A buffer that is shared or a part of another must not be written to.
		boolean ours = this.bytes.refCnt() == 1 && !this.bytes.isReadOnly();
		if (ours && this.bytes.writableBytes() >= length) {
			return;
		}
		if (ours && this.bytes.readerIndex() >= length) {
			this.bytes.discardReadBytes();
			if (this.bytes.writableBytes() >= length) {
				return;
			}
		}
		// By half at least: something long that comes piece by piece is copied few times.
		int capacity = (int) Math.min(Integer.MAX_VALUE, Math.max(unread() + (long) length, unread() * 3L / 2));
		ByteBuf larger = this.allocator.buffer(this.allocator.calculateNewCapacity(capacity, Integer.MAX_VALUE));
		larger.writeBytes(this.bytes);
		this.bytes.release();
		this.bytes = larger;
	}

}
