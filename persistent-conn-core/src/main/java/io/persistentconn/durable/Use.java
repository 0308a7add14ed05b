package io.persistentconn.durable;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One use of a {@link Durable}, and the future that its caller gets. Whoever cancels it
 * or lets it time out gives up what the use has begun.
 *
 * @param <A> the type of the value
 * @param <T> what the use gives
 */
final class Use<A, T> extends CompletableFuture<T> {

	private final Function<? super A, ? extends CompletionStage<T>> function;

	Use(Function<? super A, ? extends CompletionStage<T>> function) {
		this.function = function;
	}

	@Override
	public <V> CompletableFuture<V> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	/** The value is there. Called by the owner of the durable, at most once. */
	void begin(A value) {
		if (isDone()) {
			return;
		}
		try {
			CompletionStage<T> begun = Objects.requireNonNull(this.function.apply(value), "the stage of the use");
			begun.whenComplete(this::end);
			whenComplete((result, failure) -> {
				if (failure != null) {
					begun.toCompletableFuture().cancel(false);
				}
			});
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	private void end(@Nullable T result, @Nullable Throwable failure) {
		if (failure != null) {
			completeExceptionally(causeOf(failure));
		}
		else {
			complete(result);
		}
	}

	static Throwable causeOf(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
