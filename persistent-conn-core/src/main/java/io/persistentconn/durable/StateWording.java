package io.persistentconn.durable;

import io.persistentconn.rpc.StateHandle;
import io.persistentconn.rpc.StreamHandle;

/**
 * Speaks of a state and its updates.
 *
 * @param <S> the type of the state
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
final class StateWording<S, U, E> implements Wording<StateHandle<S>, U, E, StateUpdate<S, U, E>> {

	@Override
	public StateUpdate<S, U, E> attempting() {
		return new StateUpdate.AttemptingNewConnection<>();
	}

	@Override
	public StateUpdate<S, U, E> success(SubscriptionMetadata metadata) {
		return new StateUpdate.ConnectionSuccess<>(metadata);
	}

	@Override
	public StateUpdate<S, U, E> state(StateHandle<S> accepted) {
		return new StateUpdate.State<>(accepted.state());
	}

	@Override
	public StateUpdate<S, U, E> update(U update) {
		return new StateUpdate.Update<>(update);
	}

	@Override
	public StateUpdate<S, U, E> lost() {
		return new StateUpdate.LostConnection<>();
	}

	@Override
	public StateUpdate<S, U, E> failed(Throwable error) {
		return new StateUpdate.FailedToConnect<>(error);
	}

	@Override
	public StateUpdate<S, U, E> rejected(E error) {
		return new StateUpdate.RpcError<>(error);
	}

	@Override
	public StreamHandle handle(StateHandle<S> accepted) {
		return accepted.stream();
	}

	@Override
	public boolean isUpdate(StateUpdate<S, U, E> news) {
		return news instanceof StateUpdate.Update;
	}

	@Override
	public boolean isEnd(StateUpdate<S, U, E> news) {
		return news instanceof StateUpdate.LostConnection || news instanceof StateUpdate.FailedToConnect
				|| news instanceof StateUpdate.RpcError;
	}

}
