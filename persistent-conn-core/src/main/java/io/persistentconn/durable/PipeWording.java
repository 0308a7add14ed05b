package io.persistentconn.durable;

import io.persistentconn.rpc.StreamHandle;
import org.jspecify.annotations.Nullable;

/**
 * Speaks of a stream without state.
 *
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
final class PipeWording<U, E> implements Wording<StreamHandle, U, E, PipeUpdate<U, E>> {

	@Override
	public PipeUpdate<U, E> attempting() {
		return new PipeUpdate.AttemptingNewConnection<>();
	}

	@Override
	public PipeUpdate<U, E> success(SubscriptionMetadata metadata) {
		return new PipeUpdate.ConnectionSuccess<>(metadata);
	}

	@Override
	public @Nullable PipeUpdate<U, E> state(StreamHandle accepted) {
		return null;
	}

	@Override
	public PipeUpdate<U, E> update(U update) {
		return new PipeUpdate.Update<>(update);
	}

	@Override
	public PipeUpdate<U, E> lost() {
		return new PipeUpdate.LostConnection<>();
	}

	@Override
	public PipeUpdate<U, E> failed(Throwable error) {
		return new PipeUpdate.FailedToConnect<>(error);
	}

	@Override
	public PipeUpdate<U, E> rejected(E error) {
		return new PipeUpdate.RpcError<>(error);
	}

	@Override
	public StreamHandle handle(StreamHandle accepted) {
		return accepted;
	}

	@Override
	public boolean isUpdate(PipeUpdate<U, E> news) {
		return news instanceof PipeUpdate.Update;
	}

	@Override
	public boolean isEnd(PipeUpdate<U, E> news) {
		return news instanceof PipeUpdate.LostConnection || news instanceof PipeUpdate.FailedToConnect
				|| news instanceof PipeUpdate.RpcError;
	}

}
