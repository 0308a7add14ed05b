package io.persistentconn.rpc;

import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.Unit;

/**
 * Answers the queries of a {@link PipeRpc} without a pipe.
 *
 * @param <Q> the type of the queries
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
@FunctionalInterface
public interface DirectHandler<Q, U, E> {

	/**
	 * Answers a query. Called on the event loop of the connection, so it must not block.
	 * @param context who calls
	 * @param query what was asked
	 * @param writer takes the updates; those written before the stage completes go out
	 * then
	 * @return whether the query is accepted; if the stage fails, or this method throws,
	 * the caller gets an error
	 * @throws Exception like a stage that fails
	 */
	CompletionStage<? extends Outcome<Unit, E>> handle(RpcContext context, Q query, StreamWriter<U> writer)
			throws Exception;

}
