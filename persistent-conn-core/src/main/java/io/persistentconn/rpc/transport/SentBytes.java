package io.persistentconn.rpc.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Counts what an end of a {@link MemoryTransport} sent and what the other end took of it,
 * and keeps those who wait for that. Used by the owner only, unless said otherwise.
 */
final class SentBytes {

	/** From so many bytes on that are not taken, a producer should wait. */
	static final int BACKED_UP = 64 * 1024;

	private final AtomicLong pending = new AtomicLong();

	private final ArrayDeque<FlushWaiter> flushWaiters = new ArrayDeque<>();

	private final List<CompletableFuture<@Nullable Void>> readyWaiters = new ArrayList<>();

	private final AtomicLong taken = new AtomicLong();

	private long sent;

	private @Nullable Throwable closedBy;

	void add(int length) {
		this.sent += length;
		this.pending.addAndGet(length);
	}

	/** The other end took more. */
	void taken(int length) {
		long total = this.taken.addAndGet(length);
		this.pending.addAndGet(-length);
		for (FlushWaiter waiter = this.flushWaiters.peek(); waiter != null
				&& waiter.end <= total; waiter = this.flushWaiters.peek()) {
			this.flushWaiters.remove();
			waiter.future.complete(null);
		}
		if (this.pending.get() <= BACKED_UP / 2) {
			List<CompletableFuture<@Nullable Void>> ready = List.copyOf(this.readyWaiters);
			this.readyWaiters.clear();
			ready.forEach((waiter) -> waiter.complete(null));
		}
	}

	/** How many bytes were sent. */
	long sent() {
		return this.sent;
	}

	/** How many bytes were taken. Called by any thread. */
	long taken() {
		return this.taken.get();
	}

	/** How many bytes were not taken. Called by any thread. */
	long pending() {
		return this.pending.get();
	}

	/** Completes a future when all that was sent so far is taken. */
	void whenTaken(CompletableFuture<@Nullable Void> future) {
		if (this.taken.get() == this.sent) {
			future.complete(null);
		}
		else if (this.closedBy != null) {
			future.completeExceptionally(this.closedBy);
		}
		else {
			this.flushWaiters.add(new FlushWaiter(this.sent, future));
		}
	}

	/** Completes a future when a producer should go on. */
	void whenReady(CompletableFuture<@Nullable Void> future) {
		if (this.closedBy != null) {
			future.completeExceptionally(this.closedBy);
		}
		else if (this.pending.get() > BACKED_UP) {
			this.readyWaiters.removeIf(CompletableFuture::isDone);
			this.readyWaiters.add(future);
		}
		else {
			future.complete(null);
		}
	}

	/** Nothing more will be taken. */
	void close(Throwable error) {
		this.closedBy = error;
		this.flushWaiters.forEach((waiter) -> waiter.future.completeExceptionally(error));
		this.flushWaiters.clear();
		this.readyWaiters.forEach((waiter) -> waiter.completeExceptionally(error));
		this.readyWaiters.clear();
	}

	private record FlushWaiter(long end, CompletableFuture<@Nullable Void> future) {
	}

}
