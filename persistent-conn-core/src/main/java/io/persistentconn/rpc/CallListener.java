package io.persistentconn.rpc;

import java.util.Optional;

/**
 * Hears what becomes of one call that an {@link RpcInterceptor} has seen. What it throws
 * is logged, if not said otherwise. Must not block.
 */
public interface CallListener {

	/** Does not listen. */
	CallListener NONE = new CallListener() {
	};

	/**
	 * A handler is about to be called. Only for calls of the peer, on the owner of the
	 * connection.
	 * @return closed on the same thread when the handler has returned or thrown, be its
	 * answer there or not. What this method throws is treated as if the handler had
	 * thrown it
	 */
	default Scope handling() {
		return Scope.NONE;
	}

	/**
	 * The call has ended; called once. A call of this side ends when its future
	 * completes, and whoever waits for that hears of it afterwards. A call of the peer
	 * ends with its answer, whether or not that still finds the peer. A stream ends for
	 * this purpose when it is accepted or rejected, and a one-way call when it is sent or
	 * handled. Called on the owner of the connection, or on the thread that cancels the
	 * future.
	 * @param error what the future fails with, or why the peer got no answer; empty if
	 * there is an answer, which the rejection of a stream is, too
	 */
	default void ended(Optional<Throwable> error) {
	}

	/**
	 * What is there while a handler runs, such as a current span.
	 */
	@FunctionalInterface
	interface Scope {

		/** Nothing. */
		Scope NONE = () -> {
		};

		/**
		 * The handler has returned or thrown.
		 */
		void close();

	}

}
