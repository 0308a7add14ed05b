package io.persistentconn.concurrent;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.persistentconn.concurrent.Waiters.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * What the two faces of a pipe share. Its monitor guards all state, that of the
 * {@linkplain PipeSubscription subscription} included; futures are completed and
 * subscribers called only after it was let go.
 * <p>
 * While a read waits, nothing is buffered and the writer has not closed.
 *
 * @param <T> the type of the elements
 */
final class PipeCore<T> {

	private final int sizeBudget;

	private final Waiters<Optional<T>> reads = new Waiters<>(this);

	private final Waiters<Void> pushbacks = new Waiters<>(this);

	private final Waiters<Void> closings = new Waiters<>(this);

	private Queue<T> buffer = new ArrayDeque<>(0);

	/** That of the buffer, to be read without the monitor. */
	private final AtomicInteger size = new AtomicInteger();

	private boolean closed;

	private volatile boolean dropped;

	private @Nullable Throwable failure;

	private @Nullable PipeSubscription<T> subscription;

	PipeCore(int sizeBudget) {
		if (sizeBudget < 0) {
			throw new IllegalArgumentException("sizeBudget: " + sizeBudget + " (expected: >= 0)");
		}
		this.sizeBudget = sizeBudget;
	}

	boolean write(T element, boolean onlyIfRoom) {
		Objects.requireNonNull(element, "element");
		Waiter<Optional<T>> read;
		PipeSubscription<T> taker = null;
		synchronized (this) {
			if (this.closed || (onlyIfRoom && !hasRoom())) {
				return false;
			}
			read = this.reads.takeFirst();
			if (read == null) {
				PipeSubscription<T> current = this.subscription;
				if (current != null && current.beginWithNext()) {
					taker = current;
				}
				else {
					this.buffer.add(element);
					this.size.lazySet(this.buffer.size());
				}
			}
		}
		if (read != null) {
			read.answer(Optional.of(element));
		}
		else if (taker != null) {
			taker.deliver(element);
		}
		return true;
	}

	void removeIf(Predicate<? super T> filter) {
		Collection<Waiter<Void>> pushbacks;
		PipeSubscription<T> woken;
		synchronized (this) {
			this.buffer.removeIf(filter);
			polled();
			pushbacks = takePushbacksIfRoom();
			woken = wake();
		}
		answer(pushbacks);
		if (woken != null) {
			woken.deliver();
		}
	}

	CompletableFuture<Void> pushback() {
		synchronized (this) {
			if (!this.closed && !hasRoom()) {
				return this.pushbacks.add();
			}
		}
		return CompletableFuture.completedFuture(null);
	}

	/** The writer's close: what is buffered can still be read. */
	void end(@Nullable Throwable failure) {
		close(failure, false);
	}

	/**
	 * The reader's close: what is buffered is dropped, and so is the writer's failure.
	 */
	void drop() {
		close(null, true);
	}

	private void close(@Nullable Throwable failure, boolean byReader) {
		Collection<Waiter<Optional<T>>> reads;
		Collection<Waiter<Void>> pushbacks;
		Collection<Waiter<Void>> closings;
		PipeSubscription<T> woken;
		synchronized (this) {
			if (this.closed && !byReader) {
				return;
			}
			if (byReader) {
				this.buffer = new ArrayDeque<>(0);
				this.size.lazySet(0);
				this.dropped = true;
			}
			this.closed = true;
			this.failure = failure;
			reads = this.reads.takeAll();
			pushbacks = this.pushbacks.takeAll();
			closings = this.closings.takeAll();
			woken = wake();
		}
		reads.forEach((read) -> answerEnd(read, failure));
		answer(pushbacks);
		answer(closings);
		if (woken != null) {
			woken.deliver();
		}
	}

	CompletableFuture<Optional<T>> read() {
		T element;
		Collection<Waiter<Void>> pushbacks;
		synchronized (this) {
			if (this.subscription != null) {
				return CompletableFuture.failedFuture(hasSubscriber());
			}
			element = poll();
			if (element == null) {
				if (!this.closed) {
					return this.reads.add();
				}
				return (this.failure != null) ? CompletableFuture.failedFuture(this.failure)
						: CompletableFuture.completedFuture(Optional.empty());
			}
			pushbacks = takePushbacksIfRoom();
		}
		answer(pushbacks);
		return CompletableFuture.completedFuture(Optional.of(element));
	}

	Optional<T> tryRead() {
		T element;
		Collection<Waiter<Void>> pushbacks;
		synchronized (this) {
			if (this.subscription != null) {
				throw hasSubscriber();
			}
			element = poll();
			if (element == null) {
				return Optional.empty();
			}
			pushbacks = takePushbacksIfRoom();
		}
		answer(pushbacks);
		return Optional.of(element);
	}

	synchronized boolean attach(PipeSubscription<T> subscription) {
		if (this.subscription != null) {
			return false;
		}
		this.subscription = subscription;
		return true;
	}

	int size() {
		return this.size.get();
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/** Whether the reader closed this. */
	boolean isDropped() {
		return this.dropped;
	}

	CompletableFuture<Void> closed() {
		synchronized (this) {
			if (!this.closed) {
				return this.closings.add();
			}
		}
		return CompletableFuture.completedFuture(null);
	}

	// The following expect the monitor to be held.

	@Nullable T poll() {
		T element = this.buffer.poll();
		polled();
		return element;
	}

	private void polled() {
		this.size.lazySet(this.buffer.size());
		if (this.closed && this.buffer.isEmpty()) {
			this.buffer = new ArrayDeque<>(0);
		}
	}

	/**
	 * Moves elements.
	 * @return how many: as many as there are, but not more than wanted
	 */
	int poll(Queue<? super T> taker, long wanted) {
		int moved = (int) Math.min(wanted, this.buffer.size());
		for (int i = 0; i < moved; i++) {
			taker.add(this.buffer.remove());
		}
		polled();
		return moved;
	}

	Collection<Waiter<Void>> takePushbacksIfRoom() {
		return hasRoom() ? this.pushbacks.takeAll() : List.of();
	}

	boolean isEmpty() {
		return this.buffer.isEmpty();
	}

	boolean isAtEnd() {
		return this.closed && this.buffer.isEmpty();
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	private boolean hasRoom() {
		return this.buffer.size() <= this.sizeBudget;
	}

	private @Nullable PipeSubscription<T> wake() {
		PipeSubscription<T> subscription = this.subscription;
		return (subscription != null && subscription.begin()) ? subscription : null;
	}

	// The following expect that it is not held.

	static void answer(Collection<Waiter<Void>> waiters) {
		if (!waiters.isEmpty()) {
			waiters.forEach((waiter) -> waiter.answer(null));
		}
	}

	private static <T> void answerEnd(Waiter<Optional<T>> read, @Nullable Throwable failure) {
		if (failure != null) {
			read.fail(failure);
		}
		else {
			read.answer(Optional.empty());
		}
	}

	static IllegalStateException hasSubscriber() {
		return new IllegalStateException("The pipe has a subscriber (expected: one reader)");
	}

}
