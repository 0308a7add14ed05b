package io.persistentconn.durable;

import io.persistentconn.rpc.StreamHandle;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Subscription} says what happens, to readers of states or of pipes: all
 * that differs between the two.
 *
 * @param <H> what an acceptance gives
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 * @param <T> what the reader gets
 */
interface Wording<H, U, E, T> {

	T attempting();

	T success(SubscriptionMetadata metadata);

	/** What comes immediately after the success, if anything. */
	@Nullable T state(H accepted);

	T update(U update);

	T lost();

	T failed(Throwable error);

	T rejected(E error);

	/** What ends the stream that was accepted. */
	StreamHandle handle(H accepted);

	boolean isUpdate(T news);

	/** Whether this ends what began with {@link #attempting()}. */
	boolean isEnd(T news);

}
