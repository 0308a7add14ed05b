package io.persistentconn.binprot;

/**
 * A codec, as far as they are all alike.
 *
 * @param <T> the type of the values
 */
abstract class ShapedCodec<T> implements BinCodec<T> {

	private final BinShape shape;

	ShapedCodec(BinShape shape) {
		this.shape = shape;
	}

	@Override
	public final BinShape shape() {
		return this.shape;
	}

	@Override
	public final String toString() {
		return this.shape.toString();
	}

}
