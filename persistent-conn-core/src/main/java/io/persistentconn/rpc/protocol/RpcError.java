package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.Sexp;

/**
 * Why an RPC has no answer: the ten errors of the protocol. They travel from the side
 * that implements the RPC, or arise on the side that dispatched it. Source: wire, section
 * 4, and rule R4.
 */
public sealed interface RpcError {

	/**
	 * The error as OCaml shows it.
	 * @return for example {@code (Unknown_query_id 7)}
	 */
	default Sexp toSexp() {
		return RpcErrorSexp.of(this);
	}

	/**
	 * A query or an answer could not be decoded.
	 *
	 * @param error what was wrong with which
	 */
	record BinIo(Sexp error) implements RpcError {
	}

	/**
	 * The connection closed before there was an answer. On the wire this carries nothing:
	 * if the peer answers so, a connection that it needed has closed.
	 *
	 * @param by who closed it
	 * @param reason why
	 * @param outcomeUnknown whether the query may have arrived, so that it may have been
	 * carried out: its bytes had been handed to the transport (rule R12)
	 */
	record ConnectionClosed(Closer by, String reason, boolean outcomeUnknown) implements RpcError {
	}

	/**
	 * A query or an answer could not be sent.
	 *
	 * @param error why
	 */
	record WriteError(Sexp error) implements RpcError {
	}

	/**
	 * The implementation failed.
	 *
	 * @param error what it threw, and where
	 */
	record UncaughtException(Sexp error) implements RpcError {
	}

	/**
	 * The peer has no such RPC.
	 *
	 * @param name its name
	 * @param version its version
	 */
	record UnimplementedRpc(String name, long version) implements RpcError {
	}

	/**
	 * The peer knows no such query.
	 *
	 * @param id the query
	 */
	record UnknownQueryId(long id) implements RpcError {
	}

	/**
	 * The caller may not do this.
	 *
	 * @param error why not
	 */
	record AuthorizationFailure(Sexp error) implements RpcError {
	}

	/**
	 * A query or an answer is bigger than messages may be.
	 *
	 * @param size of the message in bytes
	 * @param maxSize how big messages may be, in bytes
	 */
	record MessageTooBig(long size, long maxSize) implements RpcError {
	}

	/**
	 * An error of a kind that the version of the protocol does not know.
	 *
	 * @param error the error
	 */
	record Unknown(Sexp error) implements RpcError {
	}

	/**
	 * The answer of one type could not be made one of another.
	 *
	 * @param error why
	 */
	record LiftError(Sexp error) implements RpcError {
	}

	/**
	 * Who closed a connection.
	 */
	enum Closer {

		/** This side did, by the application's wish or for an error that it found. */
		THIS_SIDE,

		/** The peer did. */
		PEER,

		/** Nobody did: the transport between them failed. */
		TRANSPORT

	}

}
