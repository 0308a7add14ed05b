package io.persistentconn.tcp;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers small writes in one buffer, so that the channel gets one write for many. Large
 * writes pass by reference, and so does a small one that stays alone.
 */
final class OutboundBuffer {

	/** Up to so many bytes, copying is cheaper than one more write to the channel. */
	static final int COPY_LIMIT = 2048;

	/** The largest buffer of which Netty keeps many; above, memory is often new. */
	private static final int LARGEST_KEPT = 16_896;

	/** Up to so many are gathered: the OS copies what the cache still has. */
	private static final int MOST_GATHERED = LARGEST_KEPT - COPY_LIMIT;

	private static final int LEAST_CAPACITY = 256;

	private final ByteBufAllocator allocator;

	private final int fullSize;

	private final Consumer<ByteBuf> channel;

	private @Nullable ByteBuf alone;

	private @Nullable ByteBuf gathered;

	private int expectedSize = LEAST_CAPACITY;

	/**
	 * Creates an empty buffer.
	 * @param bufferSize how many bytes are gathered before they are passed on, unless
	 * that is too many
	 * @param channel takes what is passed on, in order
	 */
	OutboundBuffer(ByteBufAllocator allocator, int bufferSize, Consumer<ByteBuf> channel) {
		this.allocator = allocator;
		this.fullSize = Math.min(bufferSize, MOST_GATHERED);
		this.channel = channel;
	}

	/** Adds bytes, which belong to this buffer from now on. */
	void add(ByteBuf bytes) {
		int length = bytes.readableBytes();
		if (length > COPY_LIMIT) {
			passOn();
			this.channel.accept(bytes);
		}
		else if (this.alone == null && this.gathered == null) {
			this.alone = bytes;
		}
		else {
			room(length).writeBytes(bytes);
			bytes.release();
			passOnIfFull();
		}
	}

	/**
	 * The buffer to append small writes to, followed by {@link #passOnIfFull()}.
	 * @param length how many bytes are going to be written, as far as is known
	 */
	ByteBuf room(int length) {
		ByteBuf buffer = this.gathered;
		if (buffer == null) {
			// What fills it is small, and must not make it grow, which is a copy.
			int capacity = (this.expectedSize < this.fullSize) ? this.expectedSize : this.fullSize + COPY_LIMIT;
			buffer = this.allocator.directBuffer(Math.max(capacity, length));
			this.gathered = buffer;
			if (this.alone != null) {
				buffer.writeBytes(this.alone);
				this.alone.release();
				this.alone = null;
			}
		}
		return buffer;
	}

	void passOnIfFull() {
		if (this.gathered != null && this.gathered.readableBytes() >= this.fullSize) {
			passOn();
		}
	}

	/** Passes on what was gathered so far. */
	void passOn() {
		ByteBuf next = this.gathered;
		if (next != null) {
			this.gathered = null;
			this.expectedSize = Math.max(LEAST_CAPACITY, Math.min(this.fullSize, next.readableBytes()));
		}
		else {
			next = this.alone;
			this.alone = null;
		}
		if (next != null) {
			if (next.isReadable()) {
				this.channel.accept(next);
			}
			else {
				next.release();
			}
		}
	}

	/** Drops what was gathered so far. */
	void discard() {
		if (this.gathered != null) {
			this.gathered.release();
			this.gathered = null;
		}
		if (this.alone != null) {
			this.alone.release();
			this.alone = null;
		}
	}

}
