package io.persistentconn.durable;

import java.util.function.Function;

/**
 * What the stream of a {@link DurableStateRpc} carries. Every attempt begins with
 * {@link AttemptingNewConnection} and either fails, with {@link FailedToConnect} or
 * {@link RpcError}, or brings {@link ConnectionSuccess}, immediately after it
 * {@link State}, then any number of {@link Update}s and at last {@link LostConnection}.
 * Whoever starts over with each state and applies the updates after it has, at any time,
 * a state that the server was in, and never a mix of those of two connections. Source:
 * {@code Update} of the seed on durable subscriptions, rules D2 and D5.
 *
 * @param <S> the type of the state
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
public sealed interface StateUpdate<S, U, E> {

	/**
	 * Converts the state.
	 * @param function called if this is a {@link State}
	 * @param <T> the type that it is converted to
	 * @return the same news, in terms of the other type
	 */
	default <T> StateUpdate<T, U, E> mapState(Function<? super S, ? extends T> function) {
		return map(function, (update) -> update);
	}

	/**
	 * Converts the updates.
	 * @param function called if this is an {@link Update}
	 * @param <T> the type that it is converted to
	 * @return the same news, in terms of the other type
	 */
	default <T> StateUpdate<S, T, E> mapUpdate(Function<? super U, ? extends T> function) {
		return map((state) -> state, function);
	}

	private <T, V> StateUpdate<T, V, E> map(Function<? super S, ? extends T> onState,
			Function<? super U, ? extends V> onUpdate) {
		if (this instanceof Update<S, U, E> update) {
			return new Update<>(onUpdate.apply(update.update()));
		}
		if (this instanceof State<S, U, E> state) {
			return new State<>(onState.apply(state.state()));
		}
		if (this instanceof ConnectionSuccess<S, U, E> success) {
			return new ConnectionSuccess<>(success.metadata());
		}
		if (this instanceof FailedToConnect<S, U, E> failed) {
			return new FailedToConnect<>(failed.error());
		}
		if (this instanceof RpcError<S, U, E> rejected) {
			return new RpcError<>(rejected.error());
		}
		return (this instanceof LostConnection) ? new LostConnection<>() : new AttemptingNewConnection<>();
	}

	/**
	 * An attempt begins.
	 *
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record AttemptingNewConnection<S, U, E>() implements StateUpdate<S, U, E> {
	}

	/**
	 * The server has accepted. The {@link State} comes next.
	 *
	 * @param metadata what there is to know about the subscription
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record ConnectionSuccess<S, U, E>(SubscriptionMetadata metadata) implements StateUpdate<S, U, E> {
	}

	/**
	 * The state at the server when it accepted.
	 *
	 * @param state the state
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record State<S, U, E>(S state) implements StateUpdate<S, U, E> {
	}

	/**
	 * The state has changed.
	 *
	 * @param update how
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record Update<S, U, E>(U update) implements StateUpdate<S, U, E> {
	}

	/**
	 * The subscription has ended, by whatever cause: the state is as old as this.
	 *
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record LostConnection<S, U, E>() implements StateUpdate<S, U, E> {
	}

	/**
	 * The attempt failed, without an answer of the RPC's own.
	 *
	 * @param error why: there was no connection, or the call failed
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record FailedToConnect<S, U, E>(Throwable error) implements StateUpdate<S, U, E> {
	}

	/**
	 * The server rejected the query.
	 *
	 * @param error why, in the RPC's own words
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 */
	record RpcError<S, U, E>(E error) implements StateUpdate<S, U, E> {
	}

}
