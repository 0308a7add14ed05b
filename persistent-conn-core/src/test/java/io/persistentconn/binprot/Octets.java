package io.persistentconn.binprot;

import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Writes and reads with a codec, in the middle of a buffer.
 */
final class Octets {

	private static final int OFFSET = 3;

	private Octets() {
	}

	static byte[] of(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** Writes, and checks that the size was foretold. */
	static <T> String write(BinCodec<T> codec, T value) {
		ByteBuf out = Unpooled.directBuffer();
		try {
			out.writeZero(OFFSET);
			int size = codec.size(value);
			codec.write(value, out);
			if (out.writerIndex() - OFFSET != size) {
				throw new AssertionError("size: " + size + ", written: " + (out.writerIndex() - OFFSET));
			}
			return ByteBufUtil.hexDump(out, OFFSET, size);
		}
		finally {
			out.release();
		}
	}

	/** Reads, and checks that all was read. */
	static <T> T read(BinCodec<T> codec, String hex) {
		return read(codec, of(hex));
	}

	static <T> T read(BinCodec<T> codec, byte[] octets) {
		BinReader in = new BinReader();
		T value = read(codec, octets, in);
		in.expectEnd();
		return value;
	}

	static <T> T read(BinCodec<T> codec, byte[] octets, BinReader in) {
		ByteBuf buffer = Unpooled.directBuffer();
		try {
			buffer.writeZero(OFFSET).writeBytes(octets).writeZero(Long.BYTES);
			in.reset(buffer, OFFSET, OFFSET + octets.length);
			return codec.read(in);
		}
		finally {
			buffer.release();
		}
	}

}
