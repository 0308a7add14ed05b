package io.persistentconn.rpc.protocol;

import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;
import io.persistentconn.binprot.Info;
import io.persistentconn.binprot.Sexp;

/**
 * Writes and reads reasons for a close. Source: wire, section 4. <pre>
 *  version 4 to 9   info
 *  from version 10  kind sexp, debug info option, user reason info option
 * </pre>
 */
final class CloseReasonCodec {

	private CloseReasonCodec() {
	}

	static void writeV1(CloseReason reason, ByteBuf out) {
		BinCodecs.INFO.write(reason.toInfo(), out);
	}

	static CloseReason readV1(BinReader in) {
		return CloseReason.ofDebug(BinCodecs.INFO.read(in));
	}

	static void writeV2(CloseReason reason, ByteBuf out) {
		BinCodecs.SEXP.write(reason.kind(), out);
		writeOption(reason.debug(), out);
		writeOption(reason.userReason(), out);
	}

	private static void writeOption(Optional<Info> info, ByteBuf out) {
		BinWriter.writeBoolean(info.isPresent(), out);
		info.ifPresent((present) -> BinCodecs.INFO.write(present, out));
	}

	static CloseReason readV2(BinReader in) {
		Sexp kind = BinCodecs.SEXP.read(in);
		Optional<Info> debug = readOption(in);
		return new CloseReason(kind, debug, readOption(in));
	}

	private static Optional<Info> readOption(BinReader in) {
		return in.readPresent() ? Optional.of(BinCodecs.INFO.read(in)) : Optional.empty();
	}

}
