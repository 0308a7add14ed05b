package io.persistentconn.binprot;

import io.netty.buffer.ByteBuf;

/**
 * The number of a constructor of a polymorphic variant, which is odd on the wire.
 */
final class VariantIntCodec extends ShapedCodec<Integer> {

	VariantIntCodec() {
		super(BinShape.base("variant_int"));
	}

	@Override
	public int size(Integer value) {
		if (value != (value << 1) >> 1) {
			throw new BinProtException("variant_int: " + value + " (expected: 31 bits)");
		}
		return Integer.BYTES;
	}

	@Override
	public void write(Integer value, ByteBuf out) {
		size(value);
		out.writeIntLE((value << 1) | 1);
	}

	@Override
	public Integer read(BinReader in) {
		return in.readVariantTag() >> 1;
	}

}
