package io.persistentconn.autoconfigure.service;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Publishes what a stream yields, to one subscriber. The stream may block: it is asked on
 * an executor only, whose thread it holds no longer than it takes to yield what was
 * requested. It is closed at its end, and when the subscriber cancels.
 *
 * @param <T> the type of the elements
 */
final class StreamPublisher<T> implements Flow.Publisher<T> {

	private final Stream<? extends T> stream;

	private final Executor executor;

	private final AtomicBoolean subscribed = new AtomicBoolean();

	StreamPublisher(Stream<? extends T> stream, Executor executor) {
		this.stream = stream;
		this.executor = executor;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super T> subscriber) {
		Subscription subscription = new Subscription(subscriber);
		if (this.subscribed.compareAndSet(false, true)) {
			subscription.begin();
		}
		else {
			subscriber.onSubscribe(subscription);
			subscriber.onError(new IllegalStateException("a second subscriber (expected: one)"));
		}
	}

	private final class Subscription implements Flow.Subscription, Runnable {

		private final Flow.Subscriber<? super T> subscriber;

		/**
		 * How much is requested. Above zero while this runs, or is about to; one more
		 * until the subscriber has learnt of this, as it is told of one thing at a time.
		 */
		private final AtomicLong demand = new AtomicLong(1);

		private volatile @Nullable IllegalArgumentException badRequest;

		private volatile boolean cancelled;

		private @Nullable Iterator<? extends T> iterator;

		Subscription(Flow.Subscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		void begin() {
			this.subscriber.onSubscribe(this);
			if (this.demand.decrementAndGet() > 0) {
				execute();
			}
		}

		@Override
		public void request(long n) {
			if (n <= 0) {
				this.badRequest = new IllegalArgumentException("n: " + n + " (expected: >= 1, by rule 3.9)");
			}
			demand(Math.max(1, n));
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			demand(1);
		}

		private void demand(long more) {
			long before = this.demand.getAndUpdate((current) -> (current + more > 0) ? current + more : Long.MAX_VALUE);
			if (before == 0) {
				execute();
			}
		}

		private void execute() {
			try {
				StreamPublisher.this.executor.execute(this);
			}
			catch (RejectedExecutionException ex) {
				end(ex);
			}
		}

		@Override
		public void run() {
			try {
				long wanted = this.demand.get();
				while (wanted > 0) {
					if (!handOver(wanted)) {
						return;
					}
					wanted = this.demand.addAndGet(-wanted);
				}
			}
			catch (Throwable ex) {
				end(ex);
			}
		}

		/** Returns whether there may be more. */
		private boolean handOver(long wanted) {
			Iterator<? extends T> elements = this.iterator;
			if (elements == null) {
				elements = StreamPublisher.this.stream.iterator();
				this.iterator = elements;
			}
			for (long i = 0; i < wanted; i++) {
				if (this.cancelled || this.badRequest != null || !elements.hasNext()) {
					end(this.badRequest);
					return false;
				}
				this.subscriber.onNext(Objects.requireNonNull(elements.next(), "an element of the stream"));
			}
			return true;
		}

		/** The demand stays above zero, so nothing runs after this. */
		private void end(@Nullable Throwable failure) {
			Throwable cause = failure;
			try {
				StreamPublisher.this.stream.close();
			}
			catch (Throwable ex) {
				cause = (cause != null) ? cause : ex;
			}
			if (this.cancelled) {
				return;
			}
			if (cause != null) {
				this.subscriber.onError(cause);
			}
			else {
				this.subscriber.onComplete();
			}
		}

	}

}
