package io.persistentconn.rpc;

import io.persistentconn.binprot.Sexp;
import io.persistentconn.rpc.protocol.RpcError;

/**
 * Makes the errors that this side finds, in the form that the original gives them.
 */
final class RpcErrors {

	private RpcErrors() {
	}

	static RpcError undecodable(String what, RuntimeException ex) {
		return new RpcError.BinIo(located(what + " un-bin-io'ing", ex));
	}

	static RpcError uncaught(String location, Throwable error) {
		return new RpcError.UncaughtException(located(location, error));
	}

	static RpcError writeError(String reason) {
		return new RpcError.WriteError(Sexp.of(reason));
	}

	static RpcError notAuthorized(NotAuthorizedException refusal) {
		return new RpcError.AuthorizationFailure(
				Sexp.of(Sexp.of(Sexp.of("location"), Sexp.of("server-side rpc authorization")),
						Sexp.of(Sexp.of("exn"), atom(refusal))));
	}

	private static Sexp located(String location, Throwable error) {
		return Sexp.of(Sexp.of(Sexp.of("location"), Sexp.of(location)),
				Sexp.of(Sexp.of("exn"), Sexp.of(error.toString())));
	}

	private static Sexp atom(Throwable error) {
		return Sexp.of(String.valueOf(error.getMessage()));
	}

}
