package io.persistentconn.durable;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.StreamHandle;
import io.persistentconn.rpc.StreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to subscribe, and the stream that comes of it. Updates arrive on the thread
 * of the connection and go to the reader from there, without a way through the owner of
 * the subscription, once that has told the reader of the success; those that come earlier
 * wait for it. All else is the owner's.
 *
 * @param <A> the type of connections
 * @param <H> what an acceptance gives
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 * @param <T> what the reader gets
 */
final class Attempt<A, H, U, E, T> implements StreamHandler<U> {

	private final Subscription<A, H, U, E, T> subscription;

	private final PipeWriter<T> writer;

	private final Wording<H, U, E, T> wording;

	/** What came before the reader was told of the success. Guarded by itself. */
	private final Queue<U> early = new ArrayDeque<>(0);

	/** Completes when no more updates have to wait. */
	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	/** Written under the monitor of {@link #early}, for whoever waits there. */
	private volatile Phase phase = Phase.WAITING;

	private @Nullable CompletableFuture<Outcome<H, E>> call;

	private @Nullable A connection;

	private @Nullable StreamHandle handle;

	/** Says that the stream ended before the reader was told of the success. */
	private @Nullable Runnable endedEarly;

	Attempt(Subscription<A, H, U, E, T> subscription, PipeWriter<T> writer, Wording<H, U, E, T> wording) {
		this.subscription = subscription;
		this.writer = writer;
		this.wording = wording;
	}

	/** Calls; the subscription hears of the outcome in a task of its own, once. */
	void begin(Durable<A> durable, StreamDispatcher<? super A, H, U, E> dispatcher) {
		CompletableFuture<Outcome<H, E>> begun = durable.with((value) -> {
			this.connection = value;
			CompletionStage<Outcome<H, E>> dispatched = dispatcher.dispatch(value, this);
			// Also if nobody wants it any more, for then it must be aborted.
			dispatched.whenComplete((outcome, failure) -> {
				if (outcome != null) {
					this.subscription.onOwner(() -> this.subscription.answered(this, outcome));
				}
			});
			return dispatched;
		});
		this.call = begun;
		begun.whenComplete((outcome, failure) -> {
			if (outcome == null) {
				Throwable error = (failure != null) ? failure
						: new NullPointerException("the outcome (expected: not null)");
				this.subscription.onOwner(() -> this.subscription.failed(this, error));
			}
		});
	}

	/** The connection that was called over; there is one when there is an answer. */
	Object connection() {
		A used = this.connection;
		return (used != null) ? used : "no connection";
	}

	/** The server has accepted, and the reader is about to be told so. */
	void accepted(StreamHandle accepted) {
		this.handle = accepted;
	}

	/** The reader was told of the success: updates may go to it. */
	void open() {
		for (U update = nextEarly(); update != null; update = nextEarly()) {
			write(update);
		}
		this.opened.complete(null);
		if (this.endedEarly != null) {
			this.endedEarly.run();
		}
	}

	private @Nullable U nextEarly() {
		synchronized (this.early) {
			U next = (this.phase == Phase.WAITING) ? this.early.poll() : null;
			if (next == null && this.phase == Phase.WAITING) {
				this.phase = Phase.OPEN;
			}
			return next;
		}
	}

	/** Wants no more: what was begun is given up, and nothing goes to the reader. */
	void giveUp() {
		over();
		if (this.call != null) {
			this.call.cancel(false);
		}
		if (this.handle != null) {
			this.handle.abort();
		}
	}

	/** Nothing goes to the reader any more. */
	void over() {
		synchronized (this.early) {
			this.phase = Phase.OVER;
			this.early.clear();
		}
		this.opened.complete(null);
	}

	@Override
	public @Nullable CompletionStage<?> onUpdate(U update) {
		return (this.phase == Phase.OPEN) ? write(update) : beforeOpen(update);
	}

	@Override
	public void onEnd(Optional<Throwable> error) {
		this.subscription.onOwner(() -> ended(() -> this.subscription.lost(this, error.orElse(null))));
	}

	private void ended(Runnable loss) {
		if (this.phase == Phase.WAITING) {
			this.endedEarly = loss;
		}
		else {
			loss.run();
		}
	}

	private @Nullable CompletionStage<?> beforeOpen(U update) {
		synchronized (this.early) {
			if (this.phase == Phase.WAITING) {
				this.early.add(update);
				return this.opened;
			}
		}
		return (this.phase == Phase.OPEN) ? write(update) : null;
	}

	private @Nullable CompletionStage<?> write(U update) {
		this.subscription.received();
		T news = this.wording.update(update);
		return this.writer.tryWrite(news) ? null : overflow(news);
	}

	/** There is no room, or the reader has closed the stream. */
	private @Nullable CompletionStage<?> overflow(T news) {
		if (this.subscription.options().overflow() == Overflow.PUSHBACK) {
			return this.writer.writeWithoutPushback(news) ? this.writer.pushback() : null;
		}
		if (!this.writer.isClosed()) {
			over();
			this.subscription.onOwner(() -> this.subscription.overflowed(this));
		}
		return null;
	}

	private enum Phase {

		/** The reader does not know of the success. */
		WAITING,

		OPEN,

		/** Nothing goes to the reader any more. */
		OVER

	}

}
