package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Lets a loop on the event loop wait for stages without recursion: one that is complete
 * already is passed in place, another resumes the loop later.
 */
final class StageGate {

	private final Executor eventLoop;

	private final Runnable resume;

	private boolean waiting;

	private @Nullable Throwable error;

	/**
	 * Creates an open gate.
	 * @param eventLoop where the loop runs
	 * @param resume runs the loop on, after a wait
	 */
	StageGate(Executor eventLoop, Runnable resume) {
		this.eventLoop = eventLoop;
		this.resume = resume;
	}

	/**
	 * Closes the gate until a stage completes.
	 * @return whether it is complete already
	 * @throws Throwable the stage's error, if it failed already
	 */
	boolean passes(CompletionStage<?> stage) throws Throwable {
		if (stage instanceof CompletableFuture<?> future && future.isDone()) {
			if (future.isCompletedExceptionally()) {
				future.whenComplete((value, failure) -> this.error = failure);
				check();
			}
			return true;
		}
		this.waiting = true;
		stage.whenComplete((value, failure) -> this.eventLoop.execute(() -> {
			this.waiting = false;
			this.error = failure;
			this.resume.run();
		}));
		return false;
	}

	boolean isWaiting() {
		return this.waiting;
	}

	/**
	 * To be called when resumed.
	 * @throws Throwable the error of the stage that was waited for
	 */
	void check() throws Throwable {
		Throwable failure = this.error;
		if (failure != null) {
			this.error = null;
			throw failure;
		}
	}

}
