package io.persistentconn.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One attempt, as its connector sees it.
 */
final class Attempt implements ConnectContext {

	private final int failuresBefore;

	private final Consumer<Throwable> abort;

	private final CompletableFuture<Void> interrupt = new CompletableFuture<>();

	Attempt(int failuresBefore, Consumer<Throwable> abort) {
		this.failuresBefore = failuresBefore;
		this.abort = abort;
	}

	/** Its outcome is no longer wanted. */
	void end() {
		this.interrupt.complete(null);
	}

	@Override
	public int consecutiveUnsuccessfulAttemptsSoFar() {
		return this.failuresBefore;
	}

	@Override
	public void abort(Throwable error) {
		this.abort.accept(error);
	}

	@Override
	public CompletionStage<Void> interrupt() {
		return this.interrupt.minimalCompletionStage();
	}

}
