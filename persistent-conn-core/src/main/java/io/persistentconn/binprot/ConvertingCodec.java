package io.persistentconn.binprot;

import java.util.function.Function;

import io.netty.buffer.ByteBuf;

/**
 * Writes and reads with another codec, whose values stand for those of this one.
 *
 * @param <S> the type of the other codec's values
 * @param <T> the type of the values
 */
final class ConvertingCodec<S, T> extends ShapedCodec<T> {

	private final BinCodec<S> codec;

	private final Function<? super S, ? extends T> decode;

	private final Function<? super T, ? extends S> encode;

	ConvertingCodec(BinCodec<S> codec, BinShape shape, Function<? super S, ? extends T> decode,
			Function<? super T, ? extends S> encode) {
		super(shape);
		this.codec = codec;
		this.decode = decode;
		this.encode = encode;
	}

	@Override
	public int size(T value) {
		return this.codec.size(this.encode.apply(value));
	}

	@Override
	public void write(T value, ByteBuf out) {
		this.codec.write(this.encode.apply(value), out);
	}

	@Override
	public T read(BinReader in) {
		int position = in.position();
		S read = this.codec.read(in);
		try {
			return this.decode.apply(read);
		}
		catch (BinProtException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw in.errorAt(position, this + " that is refused: " + ex, ex);
		}
	}

}
