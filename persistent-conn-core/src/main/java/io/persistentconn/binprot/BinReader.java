package io.persistentconn.binprot;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

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
public final class BinReader extends BinRange {

	static final long MAX_OCAML_INT = (1L << 62) - 1;

	static final long MIN_OCAML_INT = -(1L << 62);

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
		start(buffer, start, end);
		return this;
	}

	/**
	 * Reads a {@code unit}.
	 */
	public void readUnit() {
		int position = position();
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
		int position = position();
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
		int position = position();
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
		int position = position();
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

	/** For elements that take at least so many bytes each. */
	int readCount(int atLeast) {
		int position = position();
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
		int position = position();
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
		int position = position();
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
		int position = position();
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
		int position = position();
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
	 * Reads a {@code string} that is text.
	 * @return the text; an error if it is not UTF-8
	 */
	public String readString() {
		int position = position();
		int length = readLength();
		String text = buffer().toString(position(), length, StandardCharsets.UTF_8);
		if (text.indexOf('\ufffd') >= 0 && !ByteBufUtil.isText(buffer(), position(), length, StandardCharsets.UTF_8)) {
			throw errorAt(position, "string that is not UTF-8 (octets can be read as BinCodecs.BYTES)");
		}
		skip(length);
		return text;
	}

	/**
	 * Reads bytes.
	 * @param length how many, which is checked before anything is allocated
	 * @return the bytes
	 */
	public byte[] readBytes(int length) {
		byte[] bytes = new byte[require(length)];
		buffer().getBytes(position(), bytes);
		skip(length);
		return bytes;
	}

	private BinProtException wrongCode(int position, String type, int code) {
		return errorAt(position, type + ": first byte " + Integer.toHexString(code));
	}

}
