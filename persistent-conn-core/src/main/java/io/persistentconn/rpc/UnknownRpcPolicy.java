package io.persistentconn.rpc;

import java.util.Objects;
import java.util.function.BiFunction;

import io.persistentconn.rpc.protocol.RpcId;

/**
 * What happens, beside the caller's getting an error, when somebody calls an RPC that is
 * not implemented. Source: rule R4.
 */
public sealed interface UnknownRpcPolicy {

	/**
	 * Nothing more.
	 * @return the policy
	 */
	static UnknownRpcPolicy proceed() {
		return Kind.PROCEED;
	}

	/**
	 * Closes the connection of the caller.
	 * @return the policy
	 */
	static UnknownRpcPolicy closeConnection() {
		return Kind.CLOSE_CONNECTION;
	}

	/**
	 * Closes the connection of the caller, which fails: a server hands the error to its
	 * {@code HandlerErrorPolicy}.
	 * @return the policy
	 */
	static UnknownRpcPolicy raise() {
		return Kind.RAISE;
	}

	/**
	 * Asks somebody.
	 * @param callback told of the connection and the RPC on the connection's event loop,
	 * so it must not block; says whether the connection lives on
	 * @return the policy
	 */
	static UnknownRpcPolicy call(BiFunction<? super RpcConnection, ? super RpcId, Boolean> callback) {
		return new Call(Objects.requireNonNull(callback, "callback"));
	}

	/** The policies without a parameter. */
	enum Kind implements UnknownRpcPolicy {

		/** {@link UnknownRpcPolicy#proceed()}. */
		PROCEED,

		/** {@link UnknownRpcPolicy#closeConnection()}. */
		CLOSE_CONNECTION,

		/** {@link UnknownRpcPolicy#raise()}. */
		RAISE

	}

	/**
	 * {@link UnknownRpcPolicy#call}.
	 *
	 * @param callback is asked
	 */
	record Call(BiFunction<? super RpcConnection, ? super RpcId, Boolean> callback) implements UnknownRpcPolicy {
	}

}
