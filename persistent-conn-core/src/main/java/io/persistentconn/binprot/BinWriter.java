package io.persistentconn.binprot;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Appends the primitives of {@code bin_prot} to a buffer, in their shortest form, and
 * tells their sizes. Source: wire, section 1. <pre>
 *  nat0   00..7f | fe u16 | fd u32 | fc u64
 *  int    00..7f | ff i8 (negative) | fe i16 | fd i32 | fc i64
 *  string nat0 octets
 * </pre>
 */
public final class BinWriter {

	static final int CODE_NEGATIVE_8 = 0xff;

	static final int CODE_16 = 0xfe;

	static final int CODE_32 = 0xfd;

	static final int CODE_64 = 0xfc;

	private static final int MAX_UTF8_BYTES_PER_CHAR = 3;

	private BinWriter() {
	}

	/**
	 * How many bytes a {@code nat0} takes.
	 * @param value not negative
	 * @return 1, 3, 5 or 9
	 */
	public static int sizeOfNat0(long value) {
		if (value < 0x80) {
			return 1;
		}
		if (value < 0x10000) {
			return 3;
		}
		return (value < 0x1_0000_0000L) ? 5 : 9;
	}

	/**
	 * Appends a {@code nat0}.
	 * @param value not negative
	 * @param out gets it
	 */
	public static void writeNat0(long value, ByteBuf out) {
		if (value < 0x80) {
			out.writeByte((int) value);
		}
		else if (value < 0x10000) {
			out.writeByte(CODE_16).writeShortLE((int) value);
		}
		else if (value < 0x1_0000_0000L) {
			out.writeByte(CODE_32).writeIntLE((int) value);
		}
		else {
			out.writeByte(CODE_64).writeLongLE(value);
		}
	}

	/**
	 * How many bytes an {@code int}, or any other of the integers that are written like
	 * it, takes.
	 * @param value any
	 * @return 1, 2, 3, 5 or 9
	 */
	public static int sizeOfInt(long value) {
		if (value >= 0 && value < 0x80) {
			return 1;
		}
		if (value < 0 && value >= Byte.MIN_VALUE) {
			return 2;
		}
		if (value == (short) value) {
			return 3;
		}
		return (value == (int) value) ? 5 : 9;
	}

	/**
	 * Appends an {@code int}, or any other of the integers that are written like it.
	 * @param value any; an {@code int} of OCaml has 63 bits, which is not checked here
	 * @param out gets it
	 */
	public static void writeInt(long value, ByteBuf out) {
		if (value >= 0 && value < 0x80) {
			out.writeByte((int) value);
		}
		else if (value < 0 && value >= Byte.MIN_VALUE) {
			out.writeByte(CODE_NEGATIVE_8).writeByte((int) value);
		}
		else if (value == (short) value) {
			out.writeByte(CODE_16).writeShortLE((int) value);
		}
		else if (value == (int) value) {
			out.writeByte(CODE_32).writeIntLE((int) value);
		}
		else {
			out.writeByte(CODE_64).writeLongLE(value);
		}
	}

	/**
	 * How many bytes an {@code int} of OCaml takes.
	 * @param value of 63 bits
	 * @return 1, 2, 3, 5 or 9
	 * @throws BinProtException if the value has more than 63 bits
	 */
	public static int sizeOfOcamlInt(long value) {
		return sizeOfInt(checkOcamlInt(value));
	}

	/**
	 * Appends an {@code int} of OCaml.
	 * @param value of 63 bits
	 * @param out gets it
	 * @throws BinProtException if the value has more than 63 bits
	 */
	public static void writeOcamlInt(long value, ByteBuf out) {
		writeInt(checkOcamlInt(value), out);
	}

	private static long checkOcamlInt(long value) {
		if (value > BinReader.MAX_OCAML_INT || value < BinReader.MIN_OCAML_INT) {
			throw new BinProtException("int: " + value + " (expected: 63 bits; int64 has 64)");
		}
		return value;
	}

	/**
	 * Appends a {@code bool}, or the first byte of an {@code option}.
	 * @param value the value, or whether one follows
	 * @param out gets one byte
	 */
	public static void writeBoolean(boolean value, ByteBuf out) {
		out.writeByte(value ? 1 : 0);
	}

	/**
	 * Appends a {@code float}.
	 * @param value any
	 * @param out gets eight bytes
	 */
	public static void writeDouble(double value, ByteBuf out) {
		out.writeLongLE(Double.doubleToRawLongBits(value));
	}

	/**
	 * How many bytes text takes as a {@code string}.
	 * @param text any
	 * @return the bytes of its UTF-8 form and of their number
	 */
	public static int sizeOfString(String text) {
		int length = ByteBufUtil.utf8Bytes(text);
		return sizeOfNat0(length) + length;
	}

	/**
	 * Appends text as a {@code string}, in UTF-8, without an array in between.
	 * @param text any; half a surrogate pair becomes a question mark
	 * @param out gets it
	 */
	public static void writeString(String text, ByteBuf out) {
		if (text.length() < 0x80 / MAX_UTF8_BYTES_PER_CHAR) {
			int lengthIndex = out.writerIndex();
			out.writeByte(0);
			out.setByte(lengthIndex, ByteBufUtil.writeUtf8(out, text));
		}
		else {
			int length = ByteBufUtil.utf8Bytes(text);
			writeNat0(length, out);
			ByteBufUtil.reserveAndWriteUtf8(out, text, length);
		}
	}

	/**
	 * How many bytes octets take as a {@code string}, {@code bytes} or {@code bigstring}.
	 * @param octets any
	 * @return the octets and the bytes of their number
	 */
	public static int sizeOfBytes(byte[] octets) {
		return sizeOfNat0(octets.length) + octets.length;
	}

	/**
	 * Appends octets as a {@code string}, {@code bytes} or {@code bigstring}.
	 * @param octets any
	 * @param out gets them and their number
	 */
	public static void writeBytes(byte[] octets, ByteBuf out) {
		writeNat0(octets.length, out);
		out.writeBytes(octets);
	}

	/**
	 * The number that stands for a constructor of a polymorphic variant.
	 * @param constructor its name in OCaml, without the backquote
	 * @return what is written as a little-endian {@code int} of four bytes
	 */
	public static int polymorphicTag(String constructor) {
		int hash = 0;
		for (byte octet : constructor.getBytes(StandardCharsets.UTF_8)) {
			hash = (hash * 223 + (octet & 0xff)) & 0x7fff_ffff;
		}
		return (hash << 1) | 1;
	}

}
