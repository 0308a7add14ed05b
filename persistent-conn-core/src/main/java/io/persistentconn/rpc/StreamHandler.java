package io.persistentconn.rpc;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Takes the updates of a stream one by one, without a pipe between. Called on the event
 * loop of the connection, so it must not block. Source: rule R6.
 *
 * @param <U> the type of the updates
 */
public interface StreamHandler<U> {

	/**
	 * Takes an update. If it throws, the stream is aborted and ends with that error.
	 * @param update the update
	 * @return {@code null} to go on, or a stage: nothing more is read from the whole
	 * connection until it has completed
	 */
	@Nullable CompletionStage<?> onUpdate(U update);

	/**
	 * The stream has ended. Called once, and not at all if this side aborted it.
	 * @param error why; empty if the peer ended it in good order
	 */
	void onEnd(Optional<Throwable> error);

}
