package io.persistentconn.durable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.SlowConsumerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription that is made again whenever it fails or ends, until its reader closes
 * the stream: the one loop behind {@link DurableStateRpc} and {@link DurablePipeRpc}.
 * Everything happens on the owner, each step in a task of its own, unless said otherwise;
 * so what the reader does while it is told of a step comes after that step.
 *
 * @param <A> the type of connections
 * @param <H> what an acceptance gives
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 * @param <T> what the reader gets
 */
final class Subscription<A, H, U, E, T> {

	private static final Logger logger = LoggerFactory.getLogger(Subscription.class);

	/**
	 * What begins a subscription is buffered, too: the attempt, the success, the state.
	 */
	private static final int BEFORE_UPDATES = 2;

	private final String name;

	private final Durable<A> durable;

	private final StreamDispatcher<? super A, H, U, E> dispatcher;

	private final Wording<H, U, E, T> wording;

	private final SubscriptionOptions options;

	private final TimeSource time;

	private final Progress progress;

	private final PipeWriter<T> writer;

	/** Whoever waits for the outcome of the first attempt. */
	private @Nullable CompletableFuture<Outcome<Pipe<T>, E>> first;

	/** The attempt under way, or what came of it. */
	private @Nullable Attempt<A, H, U, E, T> current;

	private @Nullable Cancellable alarm;

	private boolean closed;

	Subscription(String name, Durable<A> durable, StreamDispatcher<? super A, H, U, E> dispatcher,
			Wording<H, U, E, T> wording, SubscriptionOptions options) {
		this.name = name;
		this.durable = durable;
		this.dispatcher = dispatcher;
		this.wording = wording;
		this.options = options;
		this.time = options.timeSourceOr(durable.timeSource());
		this.progress = new Progress(this.time, options);
		this.writer = PipeWriter.create(options.bufferSize() + BEFORE_UPDATES);
	}

	SubscriptionOptions options() {
		return this.options;
	}

	/** An update has come. Called by the event loop of the connection. */
	void received() {
		this.progress.received();
	}

	/** Begins, and goes on for ever. Called once, by any thread. */
	Pipe<T> start() {
		this.writer.closed().thenRun(() -> onOwner(this::close));
		onOwner(this::attempt);
		return this.writer.pipe();
	}

	/** Begins, and goes on if the first attempt succeeds. Called once, by any thread. */
	CompletableFuture<Outcome<Pipe<T>, E>> startOrFail() {
		CompletableFuture<Outcome<Pipe<T>, E>> outcome = new CompletableFuture<>();
		this.first = outcome;
		Pipe<T> pipe = start();
		outcome.whenComplete((value, failure) -> {
			if (failure != null) {
				pipe.close();
			}
		});
		return outcome;
	}

	private void attempt() {
		this.alarm = null;
		if (this.closed || this.writer.isClosed()) {
			return;
		}
		CompletableFuture<Void> room = this.writer.pushback();
		if (!room.isDone()) {
			room.thenRun(() -> onOwner(this::attempt));
			return;
		}
		this.progress.attempting();
		this.writer.writeWithoutPushback(this.wording.attempting());
		Attempt<A, H, U, E, T> attempt = new Attempt<>(this, this.writer, this.wording);
		this.current = attempt;
		attempt.begin(this.durable, this.dispatcher);
	}

	/** The server has answered. */
	void answered(Attempt<A, H, U, E, T> attempt, Outcome<H, E> outcome) {
		if (outcome instanceof Outcome.Rejected<H, E> rejected) {
			rejected(attempt, rejected.error());
			return;
		}
		H accepted = outcome.orElseThrow();
		if (attempt != this.current) {
			this.wording.handle(accepted).abort();
			return;
		}
		attempt.accepted(this.wording.handle(accepted));
		long number = this.progress.established();
		this.writer.writeWithoutPushback(this.wording.success(new SubscriptionMetadata(attempt.connection(), number)));
		T state = this.wording.state(accepted);
		if (state != null) {
			this.progress.received();
			this.writer.writeWithoutPushback(state);
		}
		attempt.open();
		CompletableFuture<Outcome<Pipe<T>, E>> waiting = this.first;
		this.first = null;
		if (waiting != null) {
			waiting.complete(Outcome.accepted(this.writer.pipe()));
		}
	}

	private void rejected(Attempt<A, H, U, E, T> attempt, E error) {
		if (attempt != this.current) {
			return;
		}
		attempt.over();
		this.progress.failed(new PersistentConnException(this.name + ": the server rejected the query: " + error));
		if (this.first != null) {
			this.first.complete(Outcome.rejected(error));
			this.writer.close();
			return;
		}
		this.writer.writeWithoutPushback(this.wording.rejected(error));
		tryAgainLater();
	}

	/** There was no connection, or the call failed. */
	void failed(Attempt<A, H, U, E, T> attempt, Throwable error) {
		if (attempt != this.current) {
			return;
		}
		attempt.over();
		this.progress.failed(error);
		if (this.first != null) {
			this.first.completeExceptionally(error);
			return;
		}
		this.writer.writeWithoutPushback(this.wording.failed(error));
		tryAgainLater();
	}

	/** The subscription has ended. */
	void lost(Attempt<A, H, U, E, T> attempt, @Nullable Throwable error) {
		if (attempt != this.current) {
			return;
		}
		attempt.over();
		this.progress.lost(error);
		this.writer.writeWithoutPushback(this.wording.lost());
		tryAgainLater();
	}

	/** The reader is too slow. */
	void overflowed(Attempt<A, H, U, E, T> attempt) {
		if (attempt != this.current) {
			return;
		}
		attempt.giveUp();
		SlowConsumerException error = new SlowConsumerException(this.name, this.options.bufferSize());
		this.progress.lost(error);
		if (this.options.overflow() == Overflow.CLOSE) {
			this.writer.fail(error);
			return;
		}
		logger.warn("{}; subscribing anew in {}", error.getMessage(), this.options.resubscribeDelay());
		Backlog<T> backlog = new Backlog<>(this.wording);
		this.writer.removeBufferedIf(backlog);
		if (!backlog.isComplete()) {
			this.writer.writeWithoutPushback(this.wording.lost());
		}
		tryAgainLater();
	}

	private void tryAgainLater() {
		this.current = null;
		if (!this.closed) {
			try {
				this.alarm = this.time.schedule(this.options.resubscribeDelay(), this::attempt);
			}
			catch (RejectedExecutionException ex) {
				ownerEnded(ex);
			}
		}
	}

	private void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		Attempt<A, H, U, E, T> given = this.current;
		this.current = null;
		if (given != null) {
			given.giveUp();
		}
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		this.progress.closed();
	}

	/** Called by any thread. */
	void onOwner(Runnable step) {
		try {
			this.time.execute(step);
		}
		catch (RejectedExecutionException ex) {
			ownerEnded(ex);
		}
	}

	/** Without an owner nothing can go on, and nobody else runs. */
	private void ownerEnded(RejectedExecutionException ex) {
		this.writer.fail(ex);
		close();
	}

}
