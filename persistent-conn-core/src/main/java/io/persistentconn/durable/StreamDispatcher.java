package io.persistentconn.durable;

import java.util.concurrent.CompletionStage;

import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.StreamHandler;

/**
 * Makes one call that opens a stream; for subscriptions that are made in a way of one's
 * own. <pre>{@code
 * (connection, handler) -> BOOK.dispatchIter(connection, query, handler)
 * }</pre> Source: rule D4.
 *
 * @param <A> the type of connections
 * @param <H> what an acceptance gives: {@link io.persistentconn.rpc.StateHandle} for a
 * state RPC, {@link io.persistentconn.rpc.StreamHandle} for a pipe RPC
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
@FunctionalInterface
public interface StreamDispatcher<A, H, U, E> {

	/**
	 * Calls. Called for every attempt, by the owner of the {@link Durable}, so it must
	 * not block.
	 * @param connection over which
	 * @param handler takes the updates, and learns of the end; from one thread at a time
	 * @return the outcome. Cancelling its future gives the call up. If it fails, so does
	 * the attempt
	 * @throws RuntimeException like a stage that fails
	 */
	CompletionStage<Outcome<H, E>> dispatch(A connection, StreamHandler<U> handler);

}
