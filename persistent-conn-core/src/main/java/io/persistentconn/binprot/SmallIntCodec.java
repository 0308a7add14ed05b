package io.persistentconn.binprot;

import java.util.function.LongFunction;

import io.netty.buffer.ByteBuf;

/**
 * An {@code int} of OCaml whose values fit a smaller type of Java.
 *
 * @param <T> the type of the values
 */
final class SmallIntCodec<T extends Number> extends ShapedCodec<T> {

	private final long min;

	private final long max;

	private final LongFunction<T> ofLong;

	SmallIntCodec(long min, long max, LongFunction<T> ofLong) {
		super(BinShape.base("int"));
		this.min = min;
		this.max = max;
		this.ofLong = ofLong;
	}

	@Override
	public int size(T value) {
		return BinWriter.sizeOfInt(value.longValue());
	}

	@Override
	public void write(T value, ByteBuf out) {
		BinWriter.writeInt(value.longValue(), out);
	}

	@Override
	public T read(BinReader in) {
		return this.ofLong.apply(read(in, this.min, this.max));
	}

	static short readShort(BinReader in) {
		return (short) read(in, Short.MIN_VALUE, Short.MAX_VALUE);
	}

	static byte readByte(BinReader in) {
		return (byte) read(in, Byte.MIN_VALUE, Byte.MAX_VALUE);
	}

	private static long read(BinReader in, long min, long max) {
		int position = in.position();
		long value = in.readLong();
		if (value < min || value > max) {
			throw in.errorAt(position, "int: " + value + " (expected: " + min + " to " + max + ")");
		}
		return value;
	}

}
