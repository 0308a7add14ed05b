package io.persistentconn.rpc.golden;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinShape;

/**
 * Writes bytes as they are, and reads all that remain: a payload that was encoded
 * already, whatever its type.
 */
public final class RawCodec implements BinCodec<byte[]> {

	public static final RawCodec RAW = new RawCodec();

	private RawCodec() {
	}

	@Override
	public int size(byte[] value) {
		return value.length;
	}

	@Override
	public void write(byte[] value, ByteBuf out) {
		out.writeBytes(value);
	}

	@Override
	public byte[] read(BinReader in) {
		return in.readBytes(in.remaining());
	}

	@Override
	public BinShape shape() {
		return BinCodecs.BYTES.shape();
	}

}
