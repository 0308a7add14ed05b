package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.Sexp;

/**
 * The errors as the original prints them, and as they are told to peers whose version of
 * the protocol does not know them.
 */
final class RpcErrorSexp {

	private RpcErrorSexp() {
	}

	static Sexp of(RpcError error) {
		if (error instanceof RpcError.BinIo binIo) {
			return tagged("Bin_io_exn", binIo.error());
		}
		if (error instanceof RpcError.ConnectionClosed) {
			return Sexp.of("Connection_closed");
		}
		if (error instanceof RpcError.WriteError write) {
			return tagged("Write_error", write.error());
		}
		if (error instanceof RpcError.UncaughtException uncaught) {
			return tagged("Uncaught_exn", uncaught.error());
		}
		if (error instanceof RpcError.UnimplementedRpc rpc) {
			return Sexp.of(Sexp.of("Unimplemented_rpc"), Sexp.of(rpc.name()), tagged("Version", rpc.version()));
		}
		if (error instanceof RpcError.UnknownQueryId query) {
			return tagged("Unknown_query_id", query.id());
		}
		if (error instanceof RpcError.AuthorizationFailure authorization) {
			return tagged("Authorization_failure", authorization.error());
		}
		if (error instanceof RpcError.MessageTooBig big) {
			return tagged("Message_too_big",
					Sexp.of(tagged("size", big.size()), tagged("max_message_size", big.maxSize())));
		}
		if (error instanceof RpcError.Unknown unknown) {
			return tagged("Unknown", unknown.error());
		}
		return tagged("Lift_error", ((RpcError.LiftError) error).error());
	}

	private static Sexp tagged(String tag, long number) {
		return tagged(tag, Sexp.of(Long.toString(number)));
	}

	private static Sexp tagged(String tag, Sexp argument) {
		return Sexp.of(Sexp.of(tag), argument);
	}

}
