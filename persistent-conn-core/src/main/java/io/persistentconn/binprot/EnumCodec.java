package io.persistentconn.binprot;

import io.netty.buffer.ByteBuf;

/**
 * An enum as a variant whose constructors have no arguments.
 *
 * @param <E> the enum
 */
final class EnumCodec<E> extends ShapedCodec<E> {

	private final E[] constants;

	private final VariantTags tags;

	EnumCodec(BinShape shape, E[] constants, VariantTags tags) {
		super(shape);
		this.constants = constants;
		this.tags = tags;
	}

	@Override
	public int size(E value) {
		return this.tags.size();
	}

	@Override
	@SuppressWarnings("EnumOrdinal") // on the wire, constructors go by the order of their
										// declaration
	public void write(E value, ByteBuf out) {
		this.tags.write(((Enum<?>) value).ordinal(), out);
	}

	@Override
	public E read(BinReader in) {
		return this.constants[this.tags.read(in)];
	}

}
