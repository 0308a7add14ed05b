package io.persistentconn.concurrent;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Takes the next element when the stage for the last one completed. That is a plain
 * subscriber which requests one at a time, so the loop is the subscription's.
 *
 * @param <T> the type of the elements
 */
final class PipeIteration<T> implements Flow.Subscriber<T> {

	private final Function<? super T, ? extends CompletionStage<?>> action;

	private final CompletableFuture<Void> finished = new CompletableFuture<>();

	private Flow.Subscription subscription = PipeSubscription.NONE;

	private CompletionStage<?> step = CompletableFuture.completedFuture(null);

	PipeIteration(Function<? super T, ? extends CompletionStage<?>> action) {
		this.action = Objects.requireNonNull(action, "action");
	}

	CompletableFuture<Void> finished() {
		return this.finished;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(1);
	}

	@Override
	public void onNext(T element) {
		try {
			CompletionStage<?> step = this.action.apply(element);
			this.step = step;
			if (isDone(step)) {
				requestFromWithin();
			}
			else {
				step.whenComplete((ignored, failure) -> next(failure));
			}
		}
		catch (Throwable ex) {
			next(ex);
		}
	}

	/**
	 * A minimal stage, such as that of completedStage(), is a future that cannot be
	 * asked.
	 */
	private static boolean isDone(CompletionStage<?> step) {
		return step.getClass() == CompletableFuture.class && step instanceof CompletableFuture<?> future
				&& future.isDone() && !future.isCompletedExceptionally();
	}

	/** The end comes without being requested, so the last step may still be under way. */
	@Override
	public void onComplete() {
		this.step.whenComplete((ignored, failure) -> finish(failure));
	}

	@Override
	public void onError(Throwable end) {
		this.step.whenComplete((ignored, failure) -> finish((failure != null) ? failure : end));
	}

	private void requestFromWithin() {
		if (this.subscription instanceof PipeSubscription<?> ours) {
			ours.requestFromWithin();
		}
	}

	private void next(@Nullable Throwable failure) {
		if (failure == null) {
			this.subscription.request(1);
		}
		else {
			this.subscription.cancel();
			finish(failure);
		}
	}

	private void finish(@Nullable Throwable failure) {
		if (failure == null) {
			this.finished.complete(null);
			return;
		}
		Throwable cause = failure.getCause();
		this.finished
			.completeExceptionally((failure instanceof CompletionException && cause != null) ? cause : failure);
	}

}
