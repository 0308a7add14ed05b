package io.persistentconn.binprot;

import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.netty.buffer.ByteBuf;

/**
 * A number of a fixed width, in either byte order.
 *
 * @param <T> the type of the values
 */
final class FixedWidthCodec<T> extends ShapedCodec<T> {

	private final Layout layout;

	private final ToLongFunction<T> toLong;

	private final Function<Long, T> ofLong;

	private FixedWidthCodec(String type, Layout layout, ToLongFunction<T> toLong, Function<Long, T> ofLong) {
		super(BinShape.base(type));
		this.layout = layout;
		this.toLong = toLong;
		this.ofLong = ofLong;
	}

	static FixedWidthCodec<Long> ofLong(String type, Layout layout) {
		return new FixedWidthCodec<>(type, layout, (value) -> value, (value) -> value);
	}

	static FixedWidthCodec<Integer> ofInt(String type, Layout layout) {
		return new FixedWidthCodec<>(type, layout, (value) -> value, Long::intValue);
	}

	@Override
	public int size(T value) {
		check(value);
		return this.layout.bytes();
	}

	@Override
	public void write(T value, ByteBuf out) {
		long bits = check(value);
		for (int i = 0; i < this.layout.bytes(); i++) {
			out.writeByte((int) (bits >>> this.layout.shift(i)));
		}
	}

	@Override
	public T read(BinReader in) {
		int position = in.position();
		long bits = 0;
		for (int i = 0; i < this.layout.bytes(); i++) {
			bits |= (long) in.readUnsignedByte() << this.layout.shift(i);
		}
		long value = this.layout.isSigned() ? signed(bits) : bits;
		if (!this.layout.holds(value)) {
			throw in.errorAt(position, this + ": " + value + " (expected: " + this.layout.range() + ")");
		}
		return this.ofLong.apply(value);
	}

	private long signed(long bits) {
		int unused = Long.SIZE - Byte.SIZE * this.layout.bytes();
		return bits << unused >> unused;
	}

	private long check(T value) {
		long number = this.toLong.applyAsLong(value);
		if (!this.layout.holds(number)) {
			throw new BinProtException(this + ": " + number + " (expected: " + this.layout.range() + ")");
		}
		return number;
	}

	/** How wide, in which byte order, and which numbers. */
	record Layout(int bytes, boolean bigEndian, long min, long max) {

		static Layout unsigned(int bytes, boolean bigEndian) {
			return new Layout(bytes, bigEndian, 0, (1L << (Byte.SIZE * bytes)) - 1);
		}

		boolean isSigned() {
			return this.min < 0;
		}

		boolean holds(long value) {
			return value >= this.min && value <= this.max;
		}

		int shift(int index) {
			return Byte.SIZE * (this.bigEndian ? this.bytes - 1 - index : index);
		}

		String range() {
			return this.min + " to " + this.max;
		}

	}

}
