package io.persistentconn.binprot;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a range of a buffer, in place and by index: neither the buffer's own reader
 * index nor its reference count is touched, and it must outlive the reading. One reader
 * serves any number of ranges, one after another, and allocates nothing but the values.
 * Not safe for use by several threads at once.
 * <p>
 * No byte is believed before it is checked: lengths and counts are at most the bytes that
 * remain, and recursion is at most {@value #MAX_DEPTH} deep. What is wrong gives a
 * {@link BinProtException}; the reader is to be {@linkplain #reset reset} then.
 * <p>
 * Integers are read in any form that holds their value, not only the shortest. Source:
 * wire, section 1.
 */
public final class BinReader {

	/** How deep values of recursive types may nest. */
	public static final int MAX_DEPTH = 512;

	static final long MAX_OCAML_INT = (1L << 62) - 1;

	static final long MIN_OCAML_INT = -(1L << 62);

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private int start;

	private int index;

	private int end;

	private int depth;

	/**
	 * Creates a reader of nothing, to be {@link #reset}.
	 */
	public BinReader() {
	}

	/**
	 * Starts to read a range.
	 * @param buffer where to read; remains the caller's, who keeps it until the reading
	 * is over
	 * @param start the index of the first byte of the range
	 * @param end the index after the last one
	 * @return this
	 * @throws IndexOutOfBoundsException if that is not written in the buffer
	 */
	public BinReader reset(ByteBuf buffer, int start, int end) {
		if (start < 0 || start > end || end > buffer.writerIndex()) {
			throw new IndexOutOfBoundsException(
					"range: " + start + " to " + end + " (expected: within 0 to " + buffer.writerIndex() + ")");
		}
		this.buffer = buffer;
		this.start = start;
		this.index = start;
		this.end = end;
		this.depth = 0;
		return this;
	}

	/**
	 * The buffer that this reads from.
	 * @return the buffer, which remains its owner's
	 */
	public ByteBuf buffer() {
		return this.buffer;
	}

	/**
	 * Where this reads next.
	 * @return the index in the {@link #buffer()} of the next byte
	 */
	public int position() {
		return this.index;
	}

	/**
	 * How much is left to read.
	 * @return the number of bytes up to the end of the range or to the {@link #limit}
	 */
	public int remaining() {
		return this.end - this.index;
	}

	/**
	 * Passes over bytes.
	 * @param length how many
	 */
	public void skip(int length) {
		this.index += require(length);
	}

	/**
	 * Makes a part of what remains the whole, such as the payload of an {@code 'a len}
	 * whose length was just read.
	 * @param length of the part that begins here
	 * @return to be given to {@link #restore}
	 */
	public int limit(int length) {
		int outer = this.end;
		this.end = this.index + require(length);
		return outer;
	}

	/**
	 * Ends a {@link #limit}. Reading goes on where it stands.
	 * @param outer what {@link #limit} returned
	 */
	public void restore(int outer) {
		this.end = outer;
	}

	/**
	 * Requires that all was read, up to the end of the range or to the {@link #limit}.
	 */
	public void expectEnd() {
		if (this.index != this.end) {
			throw error(remaining() + " bytes are left over");
		}
	}

	/**
	 * Goes one level deeper. To be called by what reads a value of a type that may
	 * contain itself, and followed by {@link #leave()}.
	 */
	public void enter() {
		if (++this.depth > MAX_DEPTH) {
			throw error("nested more than " + MAX_DEPTH + " deep");
		}
	}

	/**
	 * Comes back from one level deeper.
	 */
	public void leave() {
		this.depth--;
	}

	/**
	 * An error about what stands here; to be called before the part that is wrong was
	 * read.
	 * @param reason what is wrong, and what was expected
	 * @return the error with the offset, to be thrown
	 */
	public BinProtException error(String reason) {
		return errorAt(this.index, reason);
	}

	/**
	 * An error about what was read already.
	 * @param position what {@link #position()} was before that
	 * @param reason what is wrong, and what was expected
	 * @return the error with the offset, to be thrown
	 */
	public BinProtException errorAt(int position, String reason) {
		return errorAt(position, reason, null);
	}

	BinProtException errorAt(int position, String reason, @Nullable Throwable cause) {
		return new BinProtException(reason, position - this.start, cause);
	}

	/**
	 * Reads one byte.
	 * @return the byte
	 */
	public byte readByte() {
		if (this.index >= this.end) {
			throw tooShort(1);
		}
		return this.buffer.getByte(this.index++);
	}

	/**
	 * Reads one byte without sign.
	 * @return 0 to 255
	 */
	public int readUnsignedByte() {
		return readByte() & 0xff;
	}

	/**
	 * Reads a {@code unit}.
	 */
	public void readUnit() {
		int position = this.index;
		int code = readUnsignedByte();
		if (code != 0) {
			throw wrongCode(position, "unit", code);
		}
	}

	/**
	 * Reads a {@code bool}.
	 * @return the value
	 */
	public boolean readBoolean() {
		return readFlag("bool");
	}

	/**
	 * Reads the first byte of an {@code option}.
	 * @return whether a value follows
	 */
	public boolean readPresent() {
		return readFlag("option");
	}

	private boolean readFlag(String type) {
		int position = this.index;
		int code = readUnsignedByte();
		if (code > 1) {
			throw wrongCode(position, type, code);
		}
		return code == 1;
	}

	/**
	 * Reads a {@code nat0} as an {@code int}.
	 * @return a number that is not negative; an error if it is above
	 * {@link Integer#MAX_VALUE}
	 */
	public int readNat0() {
		int position = this.index;
		long value = readLongNat0();
		if (value > Integer.MAX_VALUE) {
			throw errorAt(position, "nat0: " + value + " (expected: <= " + Integer.MAX_VALUE + ")");
		}
		return (int) value;
	}

	/**
	 * Reads a {@code nat0}.
	 * @return a number that is not negative and fits 63 bits of OCaml
	 */
	public long readLongNat0() {
		int position = this.index;
		int code = readUnsignedByte();
		if (code < 0x80) {
			return code;
		}
		return switch (code) {
			case BinWriter.CODE_16 -> readShortLE() & 0xffff;
			case BinWriter.CODE_32 -> readIntLE() & 0xffff_ffffL;
			case BinWriter.CODE_64 -> readNat0Of64Bits(position);
			default -> throw wrongCode(position, "nat0", code);
		};
	}

	private long readNat0Of64Bits(int position) {
		long value = readLongLE();
		if (value < 0 || value > MAX_OCAML_INT) {
			throw errorAt(position, "nat0: " + Long.toUnsignedString(value) + " (expected: < 2^62)");
		}
		return value;
	}

	/**
	 * Reads a length in bytes: a {@code nat0} that is at most what remains behind it.
	 * @return the length
	 */
	public int readLength() {
		return readCount(1);
	}

	/**
	 * Reads a number of elements, each of which takes at least one byte.
	 * @return the count, which is at most the number of bytes that remain behind it
	 */
	public int readCount() {
		return readCount(1);
	}

	/**
	 * Reads a number of elements that take at least so many bytes.
	 * @param atLeast how many bytes each takes at least
	 * @return the count, for which enough bytes remain behind it
	 */
	public int readCount(int atLeast) {
		int position = this.index;
		long value = readLongNat0();
		if (value > remaining() / atLeast) {
			throw errorAt(position, "length: " + value + " (expected: <= " + remaining() / atLeast + ", as "
					+ remaining() + " bytes remain)");
		}
		return (int) value;
	}

	/**
	 * Reads an {@code int64}, or any other of the integers that are written like it.
	 * @return the value
	 */
	public long readLong() {
		int position = this.index;
		int code = readUnsignedByte();
		if (code < 0x80) {
			return code;
		}
		return switch (code) {
			case BinWriter.CODE_NEGATIVE_8 -> readNegativeByte(position);
			case BinWriter.CODE_16 -> readShortLE();
			case BinWriter.CODE_32 -> readIntLE();
			case BinWriter.CODE_64 -> readLongLE();
			default -> throw wrongCode(position, "int", code);
		};
	}

	private byte readNegativeByte(int position) {
		byte value = readByte();
		if (value >= 0) {
			throw errorAt(position, "int: ff and " + value + " (expected: negative)");
		}
		return value;
	}

	/**
	 * Reads an {@code int} of OCaml.
	 * @return a value of 63 bits
	 */
	public long readOcamlInt() {
		int position = this.index;
		long value = readLong();
		if (value > MAX_OCAML_INT || value < MIN_OCAML_INT) {
			throw errorAt(position, "int: " + value + " (expected: 63 bits)");
		}
		return value;
	}

	/**
	 * Reads an {@code int} of OCaml as one of Java.
	 * @return the value; an error if it does not fit
	 */
	public int readInt() {
		int position = this.index;
		long value = readLong();
		if (value != (int) value) {
			throw errorAt(position, "int: " + value + " (expected: 32 bits)");
		}
		return (int) value;
	}

	/**
	 * Reads the tag of a polymorphic variant.
	 * @return the tag, as {@link BinWriter#polymorphicTag} makes it
	 */
	public int readVariantTag() {
		int position = this.index;
		int tag = readIntLE();
		if ((tag & 1) == 0) {
			throw errorAt(position, "polymorphic variant: tag " + Integer.toHexString(tag) + " (expected: odd)");
		}
		return tag;
	}

	/**
	 * Reads a {@code float}.
	 * @return the value
	 */
	public double readDouble() {
		return Double.longBitsToDouble(readLongLE());
	}

	/**
	 * Reads two bytes.
	 * @return them as a little-endian number
	 */
	public short readShortLE() {
		require(Short.BYTES);
		short value = this.buffer.getShortLE(this.index);
		this.index += Short.BYTES;
		return value;
	}

	/**
	 * Reads four bytes.
	 * @return them as a little-endian number
	 */
	public int readIntLE() {
		require(Integer.BYTES);
		int value = this.buffer.getIntLE(this.index);
		this.index += Integer.BYTES;
		return value;
	}

	/**
	 * Reads eight bytes.
	 * @return them as a little-endian number
	 */
	public long readLongLE() {
		require(Long.BYTES);
		long value = this.buffer.getLongLE(this.index);
		this.index += Long.BYTES;
		return value;
	}

	/**
	 * Reads a {@code string} that is text.
	 * @return the text; an error if it is not UTF-8
	 */
	public String readString() {
		int position = this.index;
		int length = readLength();
		String text = this.buffer.toString(this.index, length, StandardCharsets.UTF_8);
		if (text.indexOf('\ufffd') >= 0
				&& !ByteBufUtil.isText(this.buffer, this.index, length, StandardCharsets.UTF_8)) {
			throw errorAt(position, "string that is not UTF-8 (octets can be read as BinCodecs.BYTES)");
		}
		this.index += length;
		return text;
	}

	/**
	 * Reads bytes.
	 * @param length how many, which is checked before anything is allocated
	 * @return the bytes
	 */
	public byte[] readBytes(int length) {
		byte[] bytes = new byte[require(length)];
		this.buffer.getBytes(this.index, bytes);
		this.index += length;
		return bytes;
	}

	private int require(int length) {
		if (length < 0 || length > this.end - this.index) {
			throw tooShort(length);
		}
		return length;
	}

	private BinProtException tooShort(int length) {
		return error(remaining() + " bytes remain (expected: " + length + ")");
	}

	private BinProtException wrongCode(int position, String type, int code) {
		return errorAt(position, type + ": first byte " + Integer.toHexString(code));
	}

}
