package io.persistentconn.rpc;

import java.util.concurrent.Flow;

import io.persistentconn.concurrent.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a publisher publishes, on whichever thread, and pauses while the connection
 * is backed up (rule R5).
 *
 * @param <U> the type of the updates
 */
final class PipeSource<U> implements StreamSource, Flow.Subscriber<U> {

	/** How many updates are requested at a time. */
	private static final int BATCH = 256;

	private final ServedStream<U> stream;

	private final Flow.Publisher<? extends U> publisher;

	private final OwnerQueue<Object> signals;

	private Flow.@Nullable Subscription subscription;

	private boolean begun;

	private boolean stopped;

	/** The connection is backed up. */
	private boolean waiting;

	/** How many requested updates have not come. */
	private int requested;

	PipeSource(ServedStream<U> stream, Flow.Publisher<? extends U> publisher) {
		this.stream = stream;
		this.publisher = publisher;
		this.signals = new OwnerQueue<>(stream.session().timeSource(), this::signalled);
	}

	@Override
	public void begin() {
		this.begun = true;
		this.publisher.subscribe(this);
	}

	@Override
	public void flush() {
		Flow.Subscription current = this.subscription;
		if (current != null && !this.stopped) {
			// Not more: whoever fills the pipe as it empties would never come to an end.
			int buffered = (this.publisher instanceof Pipe<?> pipe) ? pipe.size() : 0;
			if (buffered > 0) {
				this.requested += buffered;
				current.request(buffered);
			}
			this.signals.drain();
		}
	}

	@Override
	public void stop() {
		if (!this.stopped) {
			this.stopped = true;
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			else if (!this.begun) {
				// Whoever publishes learns that nobody listens.
				this.publisher.subscribe(this);
			}
		}
	}

	@Override
	public void onSubscribe(Flow.Subscription begun) {
		this.signals.hand(new Begun(begun));
	}

	@Override
	public void onNext(U update) {
		this.signals.hand(update);
	}

	@Override
	public void onError(Throwable failure) {
		this.signals.hand(new Ended(failure));
	}

	@Override
	public void onComplete() {
		this.signals.hand(new Ended(null));
	}

	@SuppressWarnings("unchecked")
	private void signalled(Object signal) {
		if (signal instanceof Begun begun) {
			this.subscription = begun.subscription();
			request();
		}
		else if (signal instanceof Ended ended) {
			this.stopped = true;
			if (ended.failure() != null) {
				this.stream.failed(ended.failure());
			}
			else {
				this.stream.eof();
			}
		}
		else {
			this.requested--;
			this.stream.update((U) signal);
			if (this.requested <= BATCH / 2) {
				request();
			}
		}
	}

	private void request() {
		Flow.Subscription current = this.subscription;
		if (current == null || this.waiting) {
			return;
		}
		if (this.stopped) {
			current.cancel();
		}
		else if (this.stream.session().transport().isBackedUp()) {
			this.waiting = true;
			this.stream.session().transport().readyForMore().thenRun(() -> {
				// Else it closes, and tells the publisher.
				this.waiting = false;
				request();
			});
		}
		else {
			int more = BATCH - this.requested;
			this.requested += more;
			current.request(more);
		}
	}

	private record Begun(Flow.Subscription subscription) {
	}

	private record Ended(@Nullable Throwable failure) {
	}

}
