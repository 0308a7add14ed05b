package io.persistentconn.autoconfigure.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The future of a call, which goes through several steps. If it ends early, because its
 * caller cancels it or lets it time out, the present step is cancelled.
 *
 * @param <T> the type of the result
 */
final class ClientCall<T extends @Nullable Object> extends CompletableFuture<T> {

	private volatile @Nullable CompletableFuture<?> step;

	ClientCall() {
		whenComplete((result, failure) -> {
			if (failure != null) {
				cancelStep();
			}
		});
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	/** Waits for a step, whose failure is that of this, and then goes on. */
	<S> void follow(CompletableFuture<S> next, Consumer<? super S> onward) {
		this.step = next;
		next.whenComplete((result, failure) -> {
			try {
				if (failure != null) {
					completeExceptionally(cause(failure));
				}
				else {
					onward.accept(result);
				}
			}
			catch (RuntimeException ex) {
				completeExceptionally(ex);
			}
		});
		if (isCompletedExceptionally()) {
			cancelStep();
		}
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private void cancelStep() {
		CompletableFuture<?> current = this.step;
		if (current != null) {
			current.cancel(false);
		}
	}

}
