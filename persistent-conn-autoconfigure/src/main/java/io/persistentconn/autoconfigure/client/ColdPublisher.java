package io.persistentconn.autoconfigure.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import io.persistentconn.concurrent.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Calls a pipe RPC for each subscriber anew. Cancelling a subscription aborts the stream.
 * Subscribers are called on the event loop of the connection, or by who requests.
 *
 * @param open calls
 * @param <T> the type of the updates
 */
record ColdPublisher<T>(Supplier<CompletableFuture<Pipe<T>>> open) implements Flow.Publisher<T> {

	@Override
	public void subscribe(Flow.Subscriber<? super T> subscriber) {
		new Subscription<T>(subscriber).begin(this.open);
	}

	/**
	 * Passes on what was requested before the stream was there.
	 */
	private static final class Subscription<T> implements Flow.Subscription, Flow.Subscriber<T> {

		private final Flow.Subscriber<? super T> subscriber;

		private final ClientCall<Pipe<T>> opening = new ClientCall<>();

		private Flow.@Nullable Subscription stream;

		private long requested;

		private boolean cancelled;

		Subscription(Flow.Subscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		void begin(Supplier<CompletableFuture<Pipe<T>>> open) {
			this.subscriber.onSubscribe(this);
			if (isCancelled()) {
				return;
			}
			this.opening.whenComplete((pipe, failure) -> {
				if (failure == null) {
					pipe.subscribe(this);
				}
				else if (!isCancelled()) {
					this.subscriber.onError(failure);
				}
			});
			this.opening.follow(open.get(), (pipe) -> {
				if (!this.opening.complete(pipe)) {
					pipe.close();
				}
			});
		}

		private synchronized boolean isCancelled() {
			return this.cancelled;
		}

		@Override
		public void request(long n) {
			Flow.Subscription current;
			synchronized (this) {
				current = this.stream;
				if (current == null && this.requested >= 0) {
					this.requested = (n <= 0) ? n - 1 : Math.max(this.requested, this.requested + n);
				}
			}
			if (current != null) {
				current.request(n);
			}
		}

		@Override
		public void cancel() {
			Flow.Subscription current;
			synchronized (this) {
				this.cancelled = true;
				current = this.stream;
			}
			this.opening.cancel(false);
			if (current != null) {
				current.cancel();
			}
		}

		@Override
		public void onSubscribe(Flow.Subscription begun) {
			long first;
			boolean unwanted;
			synchronized (this) {
				this.stream = begun;
				first = this.requested;
				unwanted = this.cancelled;
			}
			if (unwanted) {
				begun.cancel();
			}
			else if (first != 0) {
				begun.request((first > 0) ? first : 0);
			}
		}

		@Override
		public void onNext(T update) {
			this.subscriber.onNext(update);
		}

		@Override
		public void onError(Throwable failure) {
			this.subscriber.onError(failure);
		}

		@Override
		public void onComplete() {
			this.subscriber.onComplete();
		}

	}

}
