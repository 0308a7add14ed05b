package io.persistentconn.rpc.protocol;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;

/**
 * Writes and reads errors. Source: wire, section 4. <pre>
 *  00 sexp | 01 | 02 sexp | 03 sexp | 04 tag `Version int | 05 id
 *  06 sexp | 07 size max | 08 sexp   from version 3
 *  09 sexp                           from version 5
 * </pre>
 */
final class RpcErrorCodec {

	private static final int BIN_IO = 0;

	private static final int CONNECTION_CLOSED = 1;

	private static final int WRITE_ERROR = 2;

	private static final int UNCAUGHT_EXCEPTION = 3;

	private static final int UNIMPLEMENTED_RPC = 4;

	private static final int UNKNOWN_QUERY_ID = 5;

	private static final int AUTHORIZATION_FAILURE = 6;

	private static final int MESSAGE_TOO_BIG = 7;

	private static final int UNKNOWN = 8;

	private static final int LIFT_ERROR = 9;

	private static final int VERSION = BinWriter.polymorphicTag("Version");

	private RpcErrorCodec() {
	}

	/** The error as a version of the protocol knows it. */
	static RpcError downgrade(RpcError error, int version) {
		if (error instanceof RpcError.LiftError && !ProtocolVersion.hasLiftError(version)) {
			return ProtocolVersion.hasConnectionMetadata(version) ? new RpcError.Unknown(error.toSexp())
					: new RpcError.UncaughtException(error.toSexp());
		}
		boolean sinceMetadata = error instanceof RpcError.AuthorizationFailure
				|| error instanceof RpcError.MessageTooBig || error instanceof RpcError.Unknown;
		return (sinceMetadata && !ProtocolVersion.hasConnectionMetadata(version))
				? new RpcError.UncaughtException(error.toSexp()) : error;
	}

	static void write(RpcError error, ByteBuf out) {
		if (error instanceof RpcError.BinIo binIo) {
			BinCodecs.SEXP.write(binIo.error(), out.writeByte(BIN_IO));
		}
		else if (error instanceof RpcError.ConnectionClosed) {
			out.writeByte(CONNECTION_CLOSED);
		}
		else if (error instanceof RpcError.WriteError write) {
			BinCodecs.SEXP.write(write.error(), out.writeByte(WRITE_ERROR));
		}
		else if (error instanceof RpcError.UncaughtException uncaught) {
			BinCodecs.SEXP.write(uncaught.error(), out.writeByte(UNCAUGHT_EXCEPTION));
		}
		else if (error instanceof RpcError.UnimplementedRpc rpc) {
			BinWriter.writeString(rpc.name(), out.writeByte(UNIMPLEMENTED_RPC));
			BinWriter.writeOcamlInt(rpc.version(), out.writeIntLE(VERSION));
		}
		else if (error instanceof RpcError.UnknownQueryId query) {
			BinWriter.writeOcamlInt(query.id(), out.writeByte(UNKNOWN_QUERY_ID));
		}
		else if (error instanceof RpcError.AuthorizationFailure authorization) {
			BinCodecs.SEXP.write(authorization.error(), out.writeByte(AUTHORIZATION_FAILURE));
		}
		else if (error instanceof RpcError.MessageTooBig big) {
			BinWriter.writeOcamlInt(big.size(), out.writeByte(MESSAGE_TOO_BIG));
			BinWriter.writeOcamlInt(big.maxSize(), out);
		}
		else if (error instanceof RpcError.Unknown unknown) {
			BinCodecs.SEXP.write(unknown.error(), out.writeByte(UNKNOWN));
		}
		else {
			BinCodecs.SEXP.write(((RpcError.LiftError) error).error(), out.writeByte(LIFT_ERROR));
		}
	}

	static RpcError read(BinReader in) {
		int position = in.position();
		int kind = in.readUnsignedByte();
		return switch (kind) {
			case BIN_IO -> new RpcError.BinIo(BinCodecs.SEXP.read(in));
			case CONNECTION_CLOSED -> new RpcError.ConnectionClosed(RpcError.Closer.PEER, "the peer answers so", true);
			case WRITE_ERROR -> new RpcError.WriteError(BinCodecs.SEXP.read(in));
			case UNCAUGHT_EXCEPTION -> new RpcError.UncaughtException(BinCodecs.SEXP.read(in));
			case UNIMPLEMENTED_RPC -> new RpcError.UnimplementedRpc(PeerText.read(in), readVersion(in));
			case UNKNOWN_QUERY_ID -> new RpcError.UnknownQueryId(in.readOcamlInt());
			case AUTHORIZATION_FAILURE -> new RpcError.AuthorizationFailure(BinCodecs.SEXP.read(in));
			case MESSAGE_TOO_BIG -> new RpcError.MessageTooBig(in.readOcamlInt(), in.readOcamlInt());
			case UNKNOWN -> new RpcError.Unknown(BinCodecs.SEXP.read(in));
			case LIFT_ERROR -> new RpcError.LiftError(BinCodecs.SEXP.read(in));
			default -> throw in.errorAt(position, "error: kind " + kind + " (expected: 0 to " + LIFT_ERROR + ")");
		};
	}

	private static long readVersion(BinReader in) {
		int position = in.position();
		if (in.readVariantTag() != VERSION) {
			throw in.errorAt(position, "version of an unimplemented RPC (expected: f11d8694 and the version)");
		}
		return in.readOcamlInt();
	}

}
