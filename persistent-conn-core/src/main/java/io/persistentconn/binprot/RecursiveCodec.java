package io.persistentconn.binprot;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Where a type contains itself: stands for a codec that is not made yet, and bounds how
 * deep values nest. {@link BinReader#MAX_DEPTH} levels fit the usual stack; if a type
 * needs so much of it for each level that they do not, that is an error like others.
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
		try {
			return target().size(value);
		}
		catch (StackOverflowError ex) {
			throw tooDeep();
		}
	}

	@Override
	public void write(T value, ByteBuf out) {
		try {
			target().write(value, out);
		}
		catch (StackOverflowError ex) {
			throw tooDeep();
		}
	}

	private BinProtException tooDeep() {
		return new BinProtException(this + ": nested too deep for the stack of this thread");
	}

	@Override
	public T read(BinReader in) {
		in.enter();
		try {
			T value = target().read(in);
			in.leave();
			return value;
		}
		catch (StackOverflowError ex) {
			throw in.error("nested too deep for the stack of this thread");
		}
	}

}
