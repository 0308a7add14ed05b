package io.persistentconn.connection;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Waiters;
import io.persistentconn.connection.ConnectionStatus.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a persistent connection is doing, for everybody to see and to wait for. Changed by
 * the {@link ConnectionLoop} alone, on its owner, except for the request to close; read
 * from any thread. Those who wait are told after what they can see has changed.
 */
final class LoopState<C extends AsyncCloseable> {

	private static final Logger logger = LoggerFactory.getLogger(PersistentConnection.class);

	private final Settings<?, C> settings;

	private final Waiters<C> waitingForConnection = new Waiters<>(this);

	private final Waiters<C> waitingForOutcome = new Waiters<>(this);

	private final Waiters<Void> waitingForPause = new Waiters<>(this);

	private final CompletableFuture<Void> closeFinished = new CompletableFuture<>();

	private volatile boolean closeRequested;

	private volatile @Nullable Throwable abortedWith;

	private volatile Optional<C> connection = Optional.empty();

	private volatile ConnectionStatus status;

	private Phase phase = Phase.NOT_STARTED;

	private Phase stopTarget = Phase.PAUSED;

	private Instant since;

	private Optional<Object> address = Optional.empty();

	private int failuresInARow;

	private Optional<Throwable> lastError = Optional.empty();

	private Optional<Instant> nextAttempt = Optional.empty();

	private long connects;

	private long failures;

	private long disconnects;

	LoopState(Settings<?, C> settings) {
		this.settings = settings;
		this.since = settings.time().instant();
		this.status = snapshot();
	}

	// Read from any thread

	ConnectionStatus status() {
		return this.status;
	}

	boolean isClosed() {
		return this.closeRequested;
	}

	CompletableFuture<Void> closeFinished() {
		return this.closeFinished.copy();
	}

	/** Allocates nothing: it is asked before every call. */
	Optional<C> usableConnection() {
		Optional<C> present = this.connection;
		return (present.isEmpty() || (!this.closeRequested && isOpen(present.get()))) ? present : Optional.empty();
	}

	CompletableFuture<C> nextConnection() {
		return waitIn(this.waitingForConnection);
	}

	CompletableFuture<C> nextOutcome() {
		CompletableFuture<C> outcome = waitIn(this.waitingForOutcome);
		if (this.closeRequested) {
			outcome.completeExceptionally(closedException());
		}
		return outcome;
	}

	CompletableFuture<Void> pauseFinished() {
		return this.waitingForPause.add();
	}

	int waiting() {
		return this.waitingForConnection.size() + this.waitingForOutcome.size();
	}

	void requestClose() {
		this.closeRequested = true;
	}

	/**
	 * Waits, then looks again: whatever happened in between has been seen or will come.
	 */
	private CompletableFuture<C> waitIn(Waiters<C> waiters) {
		Optional<C> present = usableConnection();
		if (present.isPresent()) {
			return CompletableFuture.completedFuture(present.get());
		}
		CompletableFuture<C> future = waiters.add();
		usableConnection().ifPresent(future::complete);
		if (this.closeRequested) {
			this.waitingForConnection.forgetAll();
		}
		return future;
	}

	// The rest belongs to the loop

	Phase phase() {
		return this.phase;
	}

	int failuresInARow() {
		return this.failuresInARow;
	}

	@Nullable C connection() {
		return this.connection.orElse(null);
	}

	void enter(Phase phase) {
		if (this.phase != phase) {
			this.phase = phase;
			this.since = this.settings.time().instant();
		}
		this.nextAttempt = Optional.empty();
		publish();
	}

	void trying(Object address) {
		this.address = Optional.of(address);
		this.nextAttempt = Optional.empty();
		publish();
	}

	void failed(Throwable error) {
		this.failures++;
		this.failuresInARow++;
		this.lastError = Optional.of(error);
		publish();
		this.waitingForOutcome.takeAll().forEach((waiter) -> waiter.fail(error));
	}

	void nextAttempt(Instant instant) {
		this.nextAttempt = Optional.of(instant);
		publish();
	}

	void connected(C connection) {
		this.connects++;
		this.failuresInARow = 0;
		this.lastError = Optional.empty();
		this.connection = Optional.of(connection);
		enter(Phase.CONNECTED);
		if (isOpen(connection)) {
			this.waitingForConnection.takeAll().forEach((waiter) -> waiter.answer(connection));
			this.waitingForOutcome.takeAll().forEach((waiter) -> waiter.answer(connection));
		}
	}

	void lost(Phase next, Optional<Throwable> reason) {
		this.disconnects++;
		this.lastError = reason;
		this.connection = Optional.empty();
		enter(next);
	}

	/** Begins to stop. For good has precedence, also while a pause is under way. */
	void stopping(Phase target, @Nullable Throwable abortedWith) {
		if (this.stopTarget != Phase.CLOSED || target == Phase.CLOSED) {
			this.stopTarget = target;
		}
		enter(Phase.CLOSING);
		if (target == Phase.CLOSED) {
			this.abortedWith = abortedWith;
			this.closeRequested = true;
			this.waitingForConnection.forgetAll();
			ConnectionClosedException closed = closedException();
			this.waitingForOutcome.takeAll().forEach((waiter) -> waiter.fail(closed));
		}
	}

	void stopped() {
		enter(this.stopTarget);
		this.waitingForPause.takeAll().forEach((waiter) -> waiter.answer(null));
		if (this.stopTarget == Phase.CLOSED) {
			this.closeFinished.complete(null);
		}
	}

	private void publish() {
		this.status = snapshot();
	}

	private ConnectionStatus snapshot() {
		return new ConnectionStatus(this.phase, this.since, this.address, this.failuresInARow, this.lastError,
				this.nextAttempt, this.connects, this.failures, this.disconnects);
	}

	ConnectionClosedException closedException() {
		return new ConnectionClosedException(this.settings.name(), this.abortedWith);
	}

	private boolean isOpen(C connection) {
		try {
			return !connection.isClosed();
		}
		catch (Throwable ex) {
			logger.warn("{}: asking {} whether it is closed failed", this.settings.name(), connection, ex);
			return false;
		}
	}

}
