package io.persistentconn.concurrent;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Futures that were handed out and still wait, in order. Who takes one out of here is the
 * one to complete it. A caller that cancels its future, lets it time out or completes it
 * takes it out itself: that costs the owner no value and leaves nothing behind, so that
 * waiting through a long outage costs nothing (rule C5).
 * <p>
 * May be used from any thread. Answer a {@link Waiter} without holding the lock, for what
 * hangs on it runs then.
 *
 * @param <V> what the futures wait for
 */
public final class Waiters<V> {

	private final Object lock;

	/** Only while somebody waits: most of the time nobody does. */
	private @Nullable Set<Waiter<V>> waiting;

	/**
	 * Creates an empty queue.
	 * @param lock guards this and whatever else its owner guards with it
	 */
	public Waiters(Object lock) {
		this.lock = lock;
	}

	/**
	 * Lets one more wait.
	 * @return a future for its caller alone
	 */
	public CompletableFuture<V> add() {
		synchronized (this.lock) {
			Set<Waiter<V>> all = this.waiting;
			if (all == null) {
				all = new LinkedHashSet<>();
				this.waiting = all;
			}
			Waiter<V> waiter = new Waiter<>(this);
			all.add(waiter);
			return waiter;
		}
	}

	/**
	 * Takes the one out that waits longest.
	 * @return to be completed by the caller; {@code null} if nobody waits
	 */
	public @Nullable Waiter<V> takeFirst() {
		synchronized (this.lock) {
			if (this.waiting == null) {
				return null;
			}
			Iterator<Waiter<V>> waiters = this.waiting.iterator();
			Waiter<V> first = waiters.next();
			waiters.remove();
			forgetIfEmpty();
			return first;
		}
	}

	/**
	 * Takes all out.
	 * @return to be completed by the caller, in this order
	 */
	public Collection<Waiter<V>> takeAll() {
		synchronized (this.lock) {
			Set<Waiter<V>> all = this.waiting;
			this.waiting = null;
			return (all != null) ? all : List.of();
		}
	}

	/**
	 * Lets go of all: nobody will answer them, and only their callers can complete them.
	 */
	public void forgetAll() {
		synchronized (this.lock) {
			takeAll().forEach((waiter) -> waiter.forgotten = true);
		}
	}

	/**
	 * How many wait.
	 * @return the number of futures handed out, not completed and not cancelled
	 */
	public int size() {
		synchronized (this.lock) {
			return (this.waiting != null) ? this.waiting.size() : 0;
		}
	}

	private boolean leave(Waiter<V> waiter) {
		synchronized (this.lock) {
			boolean left = this.waiting != null && this.waiting.remove(waiter);
			forgetIfEmpty();
			return left || waiter.forgotten;
		}
	}

	private void forgetIfEmpty() {
		if (this.waiting != null && this.waiting.isEmpty()) {
			this.waiting = null;
		}
	}

	/**
	 * The future of one who waits. Its caller's completing it counts only until it was
	 * taken out of the queue.
	 *
	 * @param <V> what it waits for
	 */
	public static final class Waiter<V> extends CompletableFuture<V> {

		private final Waiters<V> queue;

		/** Guarded by the lock of the queue. */
		private boolean forgotten;

		private Waiter(Waiters<V> queue) {
			this.queue = queue;
		}

		/**
		 * Completes it: for whoever took it out of the queue, not holding the lock.
		 * @param value what it waited for
		 */
		public void answer(@Nullable V value) {
			super.complete(value);
		}

		/**
		 * Fails it: for whoever took it out of the queue, not holding the lock.
		 * @param failure why there will be no value
		 */
		public void fail(Throwable failure) {
			super.completeExceptionally(failure);
		}

		@Override
		public boolean complete(@Nullable V value) {
			return this.queue.leave(this) && super.complete(value);
		}

		@Override
		public boolean completeExceptionally(Throwable failure) {
			return this.queue.leave(this) && super.completeExceptionally(failure);
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			return this.queue.leave(this) ? super.cancel(mayInterruptIfRunning) : isCancelled();
		}

		@Override
		public <U> CompletableFuture<U> newIncompleteFuture() {
			return new CompletableFuture<>();
		}

	}

}
