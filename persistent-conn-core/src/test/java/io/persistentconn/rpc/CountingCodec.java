package io.persistentconn.rpc;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinShape;

/**
 * Strings, and tells whenever one is written.
 */
record CountingCodec(Runnable onWrite) implements BinCodec<String> {

	@Override
	public int size(String value) {
		return BinCodecs.STRING.size(value);
	}

	@Override
	public void write(String value, ByteBuf out) {
		this.onWrite.run();
		BinCodecs.STRING.write(value, out);
	}

	@Override
	public String read(BinReader in) {
		return BinCodecs.STRING.read(in);
	}

	@Override
	public BinShape shape() {
		return BinCodecs.STRING.shape();
	}

}
