package io.persistentconn.binprot;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The range of a buffer that a {@link BinReader} reads: where it stands, where it ends,
 * and how it says what is wrong.
 */
abstract sealed class BinRange permits BinReader {

	/** How deep values of recursive types may nest. */
	public static final int MAX_DEPTH = 256;

	private static final int NO_WINDOW = -Long.BYTES;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private int start;

	private int index;

	private int end;

	/**
	 * Eight bytes that were read at once, from which {@link #readByte} and
	 * {@link #readIntLE} take theirs: each access to the buffer has a price.
	 */
	private long window;

	/** Where they begin, or {@link #NO_WINDOW}. */
	private int windowAt = NO_WINDOW;

	private int depth;

	final void start(ByteBuf buffer, int start, int end) {
		if (start < 0 || start > end || end > buffer.writerIndex()) {
			throw new IndexOutOfBoundsException(
					"range: " + start + " to " + end + " (expected: within 0 to " + buffer.writerIndex() + ")");
		}
		this.buffer = buffer;
		this.start = start;
		this.index = start;
		this.end = end;
		this.depth = 0;
		this.windowAt = NO_WINDOW;
	}

	/**
	 * The buffer that this reads from.
	 * @return the buffer, which remains its owner's
	 */
	public final ByteBuf buffer() {
		return this.buffer;
	}

	/**
	 * Where this reads next.
	 * @return the index in the {@link #buffer()} of the next byte
	 */
	public final int position() {
		return this.index;
	}

	/**
	 * How much is left to read.
	 * @return the number of bytes up to the end of the range or to the {@link #limit}
	 */
	public final int remaining() {
		return this.end - this.index;
	}

	/**
	 * Passes over bytes.
	 * @param length how many
	 */
	public final void skip(int length) {
		this.index += require(length);
	}

	/**
	 * Makes a part of what remains the whole, such as the payload of an {@code 'a len}
	 * whose length was just read.
	 * @param length of the part that begins here
	 * @return to be given to {@link #restore}
	 */
	public final int limit(int length) {
		int outer = this.end;
		this.end = this.index + require(length);
		return outer;
	}

	/**
	 * Ends a {@link #limit}. Reading goes on where it stands.
	 * @param outer what {@link #limit} returned
	 */
	public final void restore(int outer) {
		this.end = outer;
	}

	/**
	 * Requires that all was read, up to the end of the range or to the {@link #limit}.
	 */
	public final void expectEnd() {
		if (this.index != this.end) {
			throw error(remaining() + " bytes are left over");
		}
	}

	/**
	 * Goes one level deeper. To be called by what reads a value of a type that may
	 * contain itself, and followed by {@link #leave()}.
	 */
	public final void enter() {
		if (++this.depth > MAX_DEPTH) {
			throw error("nested more than " + MAX_DEPTH + " deep");
		}
	}

	/**
	 * Comes back from one level deeper.
	 */
	public final void leave() {
		this.depth--;
	}

	/**
	 * An error about what stands here; to be called before the part that is wrong was
	 * read.
	 * @param reason what is wrong, and what was expected
	 * @return the error with the offset, to be thrown
	 */
	public final BinProtException error(String reason) {
		return errorAt(this.index, reason);
	}

	/**
	 * An error about what was read already.
	 * @param position what {@link #position()} was before that
	 * @param reason what is wrong, and what was expected
	 * @return the error with the offset, to be thrown
	 */
	public final BinProtException errorAt(int position, String reason) {
		return errorAt(position, reason, null);
	}

	final BinProtException errorAt(int position, String reason, @Nullable Throwable cause) {
		return new BinProtException(reason, position - this.start, cause);
	}

	/**
	 * Reads one byte.
	 * @return the byte
	 */
	public final byte readByte() {
		int at = this.index;
		int remaining = this.end - at;
		if (remaining <= 0) {
			throw tooShort(1);
		}
		this.index = at + 1;
		int offset = at - this.windowAt;
		if (offset >= Long.BYTES) {
			if (remaining < Long.BYTES) {
				return this.buffer.getByte(at);
			}
			this.window = this.buffer.getLongLE(at);
			this.windowAt = at;
			offset = 0;
		}
		return (byte) (this.window >>> (offset * Byte.SIZE));
	}

	/**
	 * Reads one byte without sign.
	 * @return 0 to 255
	 */
	public final int readUnsignedByte() {
		return readByte() & 0xff;
	}

	final short readShortLE() {
		require(Short.BYTES);
		short value = this.buffer.getShortLE(this.index);
		this.index += Short.BYTES;
		return value;
	}

	/**
	 * Looks at eight bytes, without passing over them.
	 * @return them as a little-endian number
	 */
	public final long peekLongLE() {
		int at = this.index;
		if (this.end - at < Long.BYTES) {
			throw tooShort(Long.BYTES);
		}
		long word = this.buffer.getLongLE(at);
		this.window = word;
		this.windowAt = at;
		return word;
	}

	/**
	 * Reads four bytes.
	 * @return them as a little-endian number
	 */
	public final int readIntLE() {
		int at = this.index;
		int remaining = this.end - at;
		if (remaining < Integer.BYTES) {
			throw tooShort(Integer.BYTES);
		}
		this.index = at + Integer.BYTES;
		int offset = at - this.windowAt;
		if (offset > Long.BYTES - Integer.BYTES) {
			if (remaining < Long.BYTES) {
				return this.buffer.getIntLE(at);
			}
			this.window = this.buffer.getLongLE(at);
			this.windowAt = at;
			offset = 0;
		}
		return (int) (this.window >>> (offset * Byte.SIZE));
	}

	/**
	 * Reads eight bytes.
	 * @return them as a little-endian number
	 */
	public final long readLongLE() {
		require(Long.BYTES);
		long value = this.buffer.getLongLE(this.index);
		this.index += Long.BYTES;
		return value;
	}

	final int require(int length) {
		if (length < 0 || length > this.end - this.index) {
			throw tooShort(length);
		}
		return length;
	}

	private BinProtException tooShort(int length) {
		return error(remaining() + " bytes remain (expected: " + length + ")");
	}

}
