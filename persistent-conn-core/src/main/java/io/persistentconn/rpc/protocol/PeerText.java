package io.persistentconn.rpc.protocol;

import java.nio.charset.StandardCharsets;

import io.persistentconn.binprot.BinReader;

/**
 * Text that a peer wrote and that does not decide about anything: what is not UTF-8 is
 * replaced.
 */
final class PeerText {

	private PeerText() {
	}

	static String read(BinReader in) {
		return new String(in.readBytes(in.readLength()), StandardCharsets.UTF_8);
	}

}
