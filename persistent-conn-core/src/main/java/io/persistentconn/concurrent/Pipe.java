package io.persistentconn.concurrent;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * A stream with one reader and pushback; this is the reading face, {@link PipeWriter} the
 * writing one, which makes both.
 * <p>
 * It is read in one of three ways: element by element with {@link #read()} and
 * {@link #tryRead()}, with {@link #forEach}, or by a {@link #subscribe subscriber}. One
 * may change from the first to another, for example to treat the first element
 * differently, but not back.
 * <p>
 * All methods may be called from any thread. Subscribers are called, and futures
 * complete, on the thread that made it possible: that which writes, reads, requests or
 * closes; never under a lock. So what hangs on them must not block. A future that its
 * caller cancels or lets time out costs no element and disturbs nobody.
 * <p>
 * Once the pipe was read to its end or closed, it holds neither elements nor its reader.
 * Elements that need releasing are the reader's from when it gets them; those that are
 * dropped by closing are not released, so do not send such elements through a pipe.
 * <p>
 * Source: {@code Pipe.Reader} of Async, on which the seed on durable subscriptions
 * stands.
 *
 * @param <T> the type of the elements, which are not {@code null}
 */
public final class Pipe<T> implements Flow.Publisher<T> {

	private final PipeCore<T> core;

	Pipe(PipeCore<T> core) {
		this.core = core;
	}

	/**
	 * Takes the next element. Several reads may wait; they get the elements in the order
	 * of the calls.
	 * @return a future that completes with the element once there is one, with nothing at
	 * the end or when the pipe is {@linkplain #close() closed}, and fails with what the
	 * writer {@linkplain PipeWriter#fail failed} with, after all elements before that;
	 * cancelling it takes the read back. It fails with an {@link IllegalStateException}
	 * if there is or was a subscriber
	 */
	public CompletableFuture<Optional<T>> read() {
		return this.core.read();
	}

	/**
	 * Takes the next element if there is one now.
	 * @return the element, or nothing if none is buffered, be it for now or for ever
	 * @throws IllegalStateException if there is or was a subscriber
	 */
	public Optional<T> tryRead() {
		return this.core.tryRead();
	}

	/**
	 * Calls a function for one element after another, each time when the stage that it
	 * returned for the last one has completed. That is a subscription, so there can be no
	 * other. It ends early if the pipe is {@linkplain #close() closed}.
	 * @param action what to do with an element. If it throws or its stage fails, no more
	 * elements are taken and the pipe is closed
	 * @return a future that completes when the last stage has completed and the pipe is
	 * at its end, and fails with what the writer {@linkplain PipeWriter#fail failed}
	 * with, with the failure of the action, or with an {@link IllegalStateException} if
	 * there is or was a subscriber; cancelling it does not end the iteration, closing the
	 * pipe does
	 */
	public CompletableFuture<Void> forEach(Function<? super T, ? extends CompletionStage<?>> action) {
		PipeIteration<T> iteration = new PipeIteration<>(action);
		subscribe(iteration);
		return iteration.finished();
	}

	/**
	 * Hands the elements to a subscriber as it requests them. There can be one; another
	 * is told of an {@link IllegalStateException}. Reads that still wait come first. Its
	 * cancelling closes the pipe, and {@linkplain #close() closing the pipe} completes
	 * it. A request that is not positive closes the pipe, and the subscriber is told of
	 * an {@link IllegalArgumentException}; if a subscriber throws, that is logged and the
	 * pipe closed.
	 * @param subscriber told of elements, and then of the end or the failure, one at a
	 * time
	 */
	@Override
	public void subscribe(Flow.Subscriber<? super T> subscriber) {
		Objects.requireNonNull(subscriber, "subscriber");
		PipeSubscription<T> subscription = new PipeSubscription<>(this.core, subscriber);
		if (this.core.attach(subscription)) {
			subscription.start(subscriber);
		}
		else {
			PipeSubscription.refuse(subscriber, PipeCore.hasSubscriber());
		}
	}

	/**
	 * Takes no more: what is buffered is dropped, what waits for an element gets the end,
	 * and the writer learns that the pipe is closed. Idempotent.
	 */
	public void close() {
		this.core.drop();
	}

	/**
	 * How many elements are written and not yet read.
	 * @return the number of buffered elements
	 */
	public int size() {
		return this.core.size();
	}

	/**
	 * Whether either end has closed this. Elements that were written before the writer
	 * closed can still be read.
	 * @return {@code true} once nothing more can be written
	 */
	public boolean isClosed() {
		return this.core.isClosed();
	}

	/**
	 * Observes closing by either end.
	 * @return a new future that completes as soon as {@link #isClosed()}
	 */
	public CompletableFuture<Void> closed() {
		return this.core.closed();
	}

}
