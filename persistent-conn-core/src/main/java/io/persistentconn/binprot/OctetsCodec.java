package io.persistentconn.binprot;

import io.netty.buffer.ByteBuf;

/**
 * Octets with their number before them: a {@code string}, {@code bytes} or
 * {@code bigstring}.
 */
final class OctetsCodec extends ShapedCodec<byte[]> {

	OctetsCodec(String type) {
		super(BinShape.base(type));
	}

	@Override
	public int size(byte[] value) {
		return BinWriter.sizeOfBytes(value);
	}

	@Override
	public void write(byte[] value, ByteBuf out) {
		BinWriter.writeBytes(value, out);
	}

	@Override
	public byte[] read(BinReader in) {
		return in.readBytes(in.readLength());
	}

}
