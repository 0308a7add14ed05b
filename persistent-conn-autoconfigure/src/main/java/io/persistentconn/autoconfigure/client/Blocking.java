package io.persistentconn.autoconfigure.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.concurrent.PersistentConnException;

/**
 * Waits for what methods that block return.
 *
 * @param operation what blocks, for messages
 */
record Blocking(String operation) {

	/**
	 * Refuses to let an event loop wait.
	 * @throws IllegalStateException if the current thread is that of an event loop
	 */
	void check() {
		NonBlockingThread.check(this.operation);
	}

	/**
	 * Waits.
	 * @throws PersistentConnException if the thread is interrupted, which it remains; the
	 * future is cancelled
	 */
	<T> T await(CompletableFuture<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new PersistentConnException(this.operation + " failed", ex.getCause());
		}
		catch (InterruptedException ex) {
			future.cancel(false);
			Thread.currentThread().interrupt();
			throw new PersistentConnException(this.operation + " was interrupted", ex);
		}
	}

}
