package io.persistentconn.durable;

import java.util.function.Function;

/**
 * What the stream of a {@link DurablePipeRpc} carries: as {@link StateUpdate}, but no
 * state comes after {@link ConnectionSuccess}. Source: rule D4.
 *
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
public sealed interface PipeUpdate<U, E> {

	/**
	 * Converts the updates.
	 * @param function called if this is an {@link Update}
	 * @param <T> the type that it is converted to
	 * @return the same news, in terms of the other type
	 */
	default <T> PipeUpdate<T, E> mapUpdate(Function<? super U, ? extends T> function) {
		if (this instanceof Update<U, E> update) {
			return new Update<>(function.apply(update.update()));
		}
		if (this instanceof ConnectionSuccess<U, E> success) {
			return new ConnectionSuccess<>(success.metadata());
		}
		if (this instanceof FailedToConnect<U, E> failed) {
			return new FailedToConnect<>(failed.error());
		}
		if (this instanceof RpcError<U, E> rejected) {
			return new RpcError<>(rejected.error());
		}
		return (this instanceof LostConnection) ? new LostConnection<>() : new AttemptingNewConnection<>();
	}

	/**
	 * An attempt begins.
	 *
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record AttemptingNewConnection<U, E>() implements PipeUpdate<U, E> {
	}

	/**
	 * The server has accepted.
	 *
	 * @param metadata what there is to know about the subscription
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record ConnectionSuccess<U, E>(SubscriptionMetadata metadata) implements PipeUpdate<U, E> {
	}

	/**
	 * An element of the server's stream.
	 *
	 * @param update the element
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record Update<U, E>(U update) implements PipeUpdate<U, E> {
	}

	/**
	 * The subscription has ended, by whatever cause.
	 *
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record LostConnection<U, E>() implements PipeUpdate<U, E> {
	}

	/**
	 * The attempt failed, without an answer of the RPC's own.
	 *
	 * @param error why: there was no connection, or the call failed
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record FailedToConnect<U, E>(Throwable error) implements PipeUpdate<U, E> {
	}

	/**
	 * The server rejected the query.
	 *
	 * @param error why, in the RPC's own words
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record RpcError<U, E>(E error) implements PipeUpdate<U, E> {
	}

}
