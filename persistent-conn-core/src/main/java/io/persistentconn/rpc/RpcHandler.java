package io.persistentconn.rpc;

import java.util.concurrent.CompletionStage;

/**
 * Answers one call after another.
 *
 * @param <Q> the type of the queries
 * @param <R> the type of the answers
 */
@FunctionalInterface
public interface RpcHandler<Q, R> {

	/**
	 * Answers a call. Called on the event loop of the connection, so it must not block.
	 * @param context who calls
	 * @param query what was asked
	 * @return completes, on any thread, with the answer. If it fails, or this method
	 * throws, the caller gets an error: see {@link Implementations.Builder#onException}
	 * @throws Exception like a stage that fails
	 */
	CompletionStage<? extends R> handle(RpcContext context, Q query) throws Exception;

}
