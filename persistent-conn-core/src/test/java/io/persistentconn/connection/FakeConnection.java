package io.persistentconn.connection;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.AsyncCloseable;

/**
 * A connection whose life the test decides.
 */
final class FakeConnection implements AsyncCloseable {

	private final String name;

	private final CompletableFuture<Void> closeFinished = new CompletableFuture<>();

	private volatile boolean closed;

	private Optional<Throwable> reason = Optional.empty();

	/** Whether closing finishes at once, or only with {@link #finishClosing()}. */
	private boolean lingers;

	int closeCalls;

	FakeConnection(String name) {
		this.name = name;
	}

	FakeConnection lingering() {
		this.lingers = true;
		return this;
	}

	/** The other side goes away. */
	void die() {
		this.closed = true;
		this.closeFinished.complete(null);
	}

	void die(Throwable reason) {
		this.reason = Optional.of(reason);
		die();
	}

	/** Closing has begun and is not finished. */
	void beginClosing() {
		this.closed = true;
	}

	void finishClosing() {
		this.closeFinished.complete(null);
	}

	@Override
	public CompletableFuture<Void> closeAsync() {
		this.closeCalls++;
		this.closed = true;
		if (!this.lingers) {
			this.closeFinished.complete(null);
		}
		return this.closeFinished.copy();
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.closeFinished.copy();
	}

	@Override
	public Optional<Throwable> closeReason() {
		return this.reason;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
