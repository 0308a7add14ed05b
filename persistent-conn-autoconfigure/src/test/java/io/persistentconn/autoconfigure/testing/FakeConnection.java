package io.persistentconn.autoconfigure.testing;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.AsyncCloseable;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a {@link FakePeer}.
 */
public final class FakeConnection implements AsyncCloseable {

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private volatile @Nullable Throwable reason;

	/** The peer goes away. */
	public void lose(Throwable reason) {
		this.reason = reason;
		this.closed.complete(null);
	}

	@Override
	public CompletableFuture<Void> closeAsync() {
		this.closed.complete(null);
		return closeFinished();
	}

	@Override
	public boolean isClosed() {
		return this.closed.isDone();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.closed.copy();
	}

	@Override
	public Optional<Throwable> closeReason() {
		return Optional.ofNullable(this.reason);
	}

}
