package io.persistentconn.rpc;

import java.util.Objects;
import java.util.function.BiConsumer;

import io.persistentconn.rpc.protocol.RpcId;

/**
 * What happens, beside the caller's getting an error, when a handler throws or its stage
 * fails. Source: rule R4.
 */
public sealed interface ExceptionPolicy {

	/**
	 * Logs the error at level warn.
	 * @return the policy
	 */
	static ExceptionPolicy log() {
		return Kind.LOG;
	}

	/**
	 * Closes the connection of the caller, with the error as the reason.
	 * @return the policy
	 */
	static ExceptionPolicy closeConnection() {
		return Kind.CLOSE_CONNECTION;
	}

	/**
	 * Closes the connection of the caller, which fails with the error: a server hands it
	 * to its {@code HandlerErrorPolicy}.
	 * @return the policy
	 */
	static ExceptionPolicy raise() {
		return Kind.RAISE;
	}

	/**
	 * Calls somebody.
	 * @param callback told of the RPC and the error on the connection's event loop, so it
	 * must not block
	 * @return the policy
	 */
	static ExceptionPolicy call(BiConsumer<? super RpcId, ? super Throwable> callback) {
		return new Call(Objects.requireNonNull(callback, "callback"));
	}

	/** The policies without a parameter. */
	enum Kind implements ExceptionPolicy {

		/** {@link ExceptionPolicy#log()}. */
		LOG,

		/** {@link ExceptionPolicy#closeConnection()}. */
		CLOSE_CONNECTION,

		/** {@link ExceptionPolicy#raise()}. */
		RAISE

	}

	/**
	 * {@link ExceptionPolicy#call}.
	 *
	 * @param callback is told
	 */
	record Call(BiConsumer<? super RpcId, ? super Throwable> callback) implements ExceptionPolicy {
	}

}
