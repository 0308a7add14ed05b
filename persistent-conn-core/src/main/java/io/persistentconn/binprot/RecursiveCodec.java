package io.persistentconn.binprot;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Where a type contains itself: stands for a codec that is not made yet, and counts how
 * deep values nest.
 *
 * @param <T> the type of the values
 */
final class RecursiveCodec<T> extends ShapedCodec<T> {

	private volatile @Nullable BinCodec<T> target;

	RecursiveCodec(BinShape shape) {
		super(shape);
	}

	void resolve(BinCodec<T> codec) {
		this.target = codec;
	}

	private BinCodec<T> target() {
		return Objects.requireNonNull(this.target);
	}

	@Override
	public int size(T value) {
		return target().size(value);
	}

	@Override
	public void write(T value, ByteBuf out) {
		target().write(value, out);
	}

	@Override
	public T read(BinReader in) {
		in.enter();
		T value = target().read(in);
		in.leave();
		return value;
	}

}
