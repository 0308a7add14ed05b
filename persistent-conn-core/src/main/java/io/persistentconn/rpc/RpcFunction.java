package io.persistentconn.rpc;

/**
 * Answers one call after another, each at once.
 *
 * @param <Q> the type of the queries
 * @param <R> the type of the answers
 */
@FunctionalInterface
public interface RpcFunction<Q, R> {

	/**
	 * Answers a call. Called on the event loop of the connection, so it must not block.
	 * @param context who calls
	 * @param query what was asked
	 * @return the answer
	 * @throws Exception gives the caller an error: see
	 * {@link Implementations.Builder#onException}
	 */
	R apply(RpcContext context, Q query) throws Exception;

}
