package io.persistentconn.rpc.versioned;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.Result;
import io.persistentconn.rpc.StreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Converts updates for a handler, which gets an error for each one that is not converted,
 * and the next.
 *
 * @param conversion makes the model of an update
 * @param handler takes the models
 * @param <X> the type of the updates in one version
 * @param <U> the model of the updates
 */
record ConvertedUpdates<X, U>(Conversion<X, U> conversion,
		StreamHandler<Result<U, ConversionException>> handler) implements StreamHandler<X> {

	@Override
	public @Nullable CompletionStage<?> onUpdate(X update) {
		return this.handler.onUpdate(this.conversion.attempt(update));
	}

	@Override
	public void onEnd(Optional<Throwable> error) {
		this.handler.onEnd(error);
	}

}
