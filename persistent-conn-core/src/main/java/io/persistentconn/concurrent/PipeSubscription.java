package io.persistentconn.concurrent;

import java.util.ArrayDeque;
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
 * fields are guarded by the monitor of the core when they change.
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
	private volatile Flow.@Nullable Subscriber<? super T> subscriber;

	/** Asked for, and on the way: of interest to whoever delivers only. */
	private final ArrayDeque<T> taken = new ArrayDeque<>(0);

	private long demand;

	/** Of interest to whoever delivers only. */
	private boolean requestedFromWithin;

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

	/**
	 * As {@code request(1)}, for the subscriber from within {@code onNext}, where nobody
	 * else is to be told.
	 */
	void requestFromWithin() {
		this.requestedFromWithin = true;
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

	/**
	 * Begins with an element that never gets into the buffer, if that is empty and the
	 * element asked for. Expects the monitor to be held.
	 * @return whether the caller must now {@link #deliver(Object)} it, without it
	 */
	boolean beginWithNext() {
		if (this.delivering || this.demand == 0 || this.subscriber == null || !this.core.isEmpty()) {
			return false;
		}
		this.delivering = true;
		takeDemand(1);
		return true;
	}

	/** Delivers an element, and what came meanwhile. */
	void deliver(T next) {
		try {
			Flow.Subscriber<? super T> subscriber = this.subscriber;
			if (subscriber != null) {
				subscriber.onNext(next);
			}
		}
		catch (Throwable ex) {
			giveUp(ex);
		}
		deliver();
	}

	void deliver() {
		try {
			while (deliverSome()) {
				// Until there is no more.
			}
		}
		catch (Throwable ex) {
			giveUp(ex);
		}
	}

	private boolean deliverSome() {
		Flow.Subscriber<? super T> subscriber;
		boolean over;
		Throwable failure = null;
		Collection<Waiter<Void>> pushbacks = List.of();
		synchronized (this.core) {
			subscriber = this.subscriber;
			this.demand += this.requestedFromWithin ? 1 : 0;
			this.requestedFromWithin = false;
			if (subscriber == null || !hasNews()) {
				this.delivering = false;
				return false;
			}
			over = this.badRequest != null || this.core.isAtEnd();
			if (over) {
				failure = (this.badRequest != null) ? this.badRequest : this.core.failure();
				this.subscriber = null;
			}
			else {
				takeDemand(this.core.poll(this.taken, this.demand));
				pushbacks = this.core.takePushbacksIfRoom();
			}
		}
		if (!over) {
			try {
				deliverTaken(subscriber);
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

	/** Either end may close the pipe meanwhile. */
	private void deliverTaken(Flow.Subscriber<? super T> subscriber) {
		try {
			for (T next = this.taken.poll(); next != null; next = this.taken.poll()) {
				if (this.subscriber == null || this.core.isDropped()) {
					return;
				}
				subscriber.onNext(next);
			}
		}
		finally {
			this.taken.clear();
		}
	}

	private void takeDemand(long elements) {
		this.demand -= (this.demand != Long.MAX_VALUE) ? elements : 0;
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
