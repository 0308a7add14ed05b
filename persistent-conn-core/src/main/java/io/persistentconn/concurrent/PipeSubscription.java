package io.persistentconn.concurrent;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Flow;

import io.persistentconn.concurrent.Waiters.Waiter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers a pipe's elements to its one subscriber, serially: whoever finds that there is
 * something to tell begins, and goes on until there is nothing more; whoever comes
 * meanwhile, be it the subscriber itself from within a signal, only leaves its news. All
 * fields are guarded by the monitor of the core.
 *
 * @param <T> the type of the elements
 */
final class PipeSubscription<T> implements Flow.Subscription {

	private static final Logger logger = LoggerFactory.getLogger(PipeSubscription.class);

	/** That of a subscriber without a pipe. */
	static final Flow.Subscription NONE = new Flow.Subscription() {

		@Override
		public void request(long n) {
		}

		@Override
		public void cancel() {
		}

	};

	private final PipeCore<T> core;

	/** Until the last signal, or {@link #cancel()}. */
	private Flow.@Nullable Subscriber<? super T> subscriber;

	private long demand;

	private @Nullable IllegalArgumentException badRequest;

	/** From the start, since {@code onSubscribe} comes before all other signals. */
	private boolean delivering = true;

	PipeSubscription(PipeCore<T> core, Flow.Subscriber<? super T> subscriber) {
		this.core = core;
		this.subscriber = subscriber;
	}

	/** Refuses a subscriber in the way that the specification asks for. */
	static void refuse(Flow.Subscriber<?> subscriber, Throwable reason) {
		subscriber.onSubscribe(NONE);
		subscriber.onError(reason);
	}

	void start(Flow.Subscriber<? super T> subscriber) {
		try {
			subscriber.onSubscribe(this);
		}
		catch (Throwable ex) {
			giveUp(ex);
		}
		deliver();
	}

	@Override
	public void request(long n) {
		boolean begun;
		synchronized (this.core) {
			if (this.subscriber == null) {
				return;
			}
			if (n > 0) {
				this.demand = (this.demand + n > 0) ? this.demand + n : Long.MAX_VALUE;
			}
			else if (this.badRequest == null) {
				this.badRequest = new IllegalArgumentException("n: " + n + " (expected: >= 1, by rule 3.9)");
			}
			begun = begin();
		}
		if (n <= 0) {
			this.core.drop();
		}
		if (begun) {
			deliver();
		}
	}

	@Override
	public void cancel() {
		synchronized (this.core) {
			if (this.subscriber == null) {
				return;
			}
			this.subscriber = null;
		}
		this.core.drop();
	}

	/**
	 * Expects the monitor to be held.
	 * @return whether the caller must now {@link #deliver()}, without it
	 */
	boolean begin() {
		if (this.delivering || !hasNews()) {
			return false;
		}
		this.delivering = true;
		return true;
	}

	void deliver() {
		try {
			while (deliverOne()) {
				// Until there is no more.
			}
		}
		catch (Throwable ex) {
			giveUp(ex);
		}
	}

	private boolean deliverOne() {
		Flow.Subscriber<? super T> subscriber;
		T element = null;
		Throwable failure = null;
		Collection<Waiter<Void>> pushbacks = List.of();
		synchronized (this.core) {
			subscriber = this.subscriber;
			if (subscriber == null || !hasNews()) {
				this.delivering = false;
				return false;
			}
			if (this.badRequest == null && !this.core.isAtEnd()) {
				element = this.core.poll();
				pushbacks = this.core.takePushbacksIfRoom();
				this.demand -= (this.demand != Long.MAX_VALUE) ? 1 : 0;
			}
			else {
				failure = (this.badRequest != null) ? this.badRequest : this.core.failure();
				this.subscriber = null;
			}
		}
		if (element != null) {
			try {
				subscriber.onNext(element);
			}
			finally {
				PipeCore.answer(pushbacks);
			}
		}
		else if (failure != null) {
			subscriber.onError(failure);
		}
		else {
			subscriber.onComplete();
		}
		return true;
	}

	private boolean hasNews() {
		return this.subscriber != null
				&& (this.badRequest != null || this.core.isAtEnd() || (this.demand > 0 && !this.core.isEmpty()));
	}

	/**
	 * A subscriber must not throw; one that does has cancelled, says the specification.
	 */
	private void giveUp(Throwable ex) {
		logger.error("A subscriber threw, so its pipe is closed", ex);
		cancel();
	}

}
