package io.persistentconn.concurrent;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something that closes without blocking. Closing has three faces: initiate, ask,
 * observe. All are idempotent and may be called from any thread.
 * <p>
 * An implementation may close itself on noticing that the other side did; its
 * documentation says so.
 * <p>
 * Source: {@code Closable} of the seed on persistent connections.
 */
public interface AsyncCloseable {

	/**
	 * Closes, once; later calls share the outcome of the first.
	 * @return a new future that completes once all resources are released; cancelling it
	 * affects nobody else
	 */
	CompletableFuture<Void> closeAsync();

	/**
	 * Whether closing has begun, even if it has not finished.
	 * @return {@code true} from the first {@link #closeAsync()} on
	 */
	boolean isClosed();

	/**
	 * Observes closing without initiating it.
	 * @return a new future that completes together with that of {@link #closeAsync()}
	 */
	CompletableFuture<Void> closeFinished();

	/**
	 * Why this closed, where that is known and it was not simply asked to.
	 * @return the error that ended this, or empty
	 */
	default Optional<Throwable> closeReason() {
		return Optional.empty();
	}

}
