package io.persistentconn.rpc;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.persistentconn.concurrent.TimeSource;

/**
 * Hands things over to an owner, in order: at once if called by the owner, else through a
 * queue, and the owner is woken up once for all that come before it looks.
 *
 * @param <T> the type of the things
 */
final class OwnerQueue<T> {

	private final TimeSource owner;

	private final Consumer<? super T> taker;

	private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicBoolean woken = new AtomicBoolean();

	private final Runnable task = this::wake;

	/**
	 * Creates an empty queue.
	 * @param taker called by the owner; must not throw
	 */
	OwnerQueue(TimeSource owner, Consumer<? super T> taker) {
		this.owner = owner;
		this.taker = taker;
	}

	/** Hands one thing over. Called by any thread. */
	void hand(T thing) {
		if (this.owner.inOwner()) {
			if (this.waiting.get() > 0) {
				drain();
			}
			this.taker.accept(thing);
			return;
		}
		this.waiting.incrementAndGet();
		this.queue.add(thing);
		if (!this.woken.get() && this.woken.compareAndSet(false, true)) {
			try {
				this.owner.execute(this.task);
			}
			catch (RejectedExecutionException ex) {
				// The event loop has ended, and the connection with it: nobody else runs.
				wake();
			}
		}
	}

	/** How many things the owner has not taken. Asked by any thread. */
	int waiting() {
		return this.waiting.get();
	}

	/** Takes what other threads have handed over. Called by the owner. */
	void drain() {
		for (T thing = this.queue.poll(); thing != null; thing = this.queue.poll()) {
			this.waiting.decrementAndGet();
			this.taker.accept(thing);
		}
	}

	private void wake() {
		this.woken.set(false);
		drain();
	}

}
