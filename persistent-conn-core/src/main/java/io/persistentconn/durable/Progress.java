package io.persistentconn.durable;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps count of what happens to a {@link Subscription}, for its listeners. Used by the
 * owner of the subscription, and for updates by the event loop of the connection.
 */
final class Progress {

	private static final Logger logger = LoggerFactory.getLogger(Progress.class);

	private final TimeSource time;

	private final Consumer<? super SubscriptionStatus> listener;

	private final Runnable updateListener;

	private Phase phase = Phase.CONNECTING;

	private Instant since;

	private long attempts;

	private long established;

	private long lost;

	private int failuresInARow;

	private @Nullable Throwable lastError;

	Progress(TimeSource time, SubscriptionOptions options) {
		this.time = time;
		this.listener = options.listener();
		this.updateListener = options.updateListener();
		this.since = time.instant();
	}

	void attempting() {
		this.attempts++;
		tell();
	}

	void failed(Throwable error) {
		this.failuresInARow++;
		this.lastError = error;
		tell();
	}

	/** Counts a success, and returns the how manyth it is. */
	long established() {
		this.established++;
		this.failuresInARow = 0;
		this.lastError = null;
		enter(Phase.ESTABLISHED);
		return this.established;
	}

	void lost(@Nullable Throwable error) {
		this.lost++;
		this.lastError = error;
		enter(Phase.RECOVERING);
	}

	/** A state or an update has come. */
	void received() {
		try {
			this.updateListener.run();
		}
		catch (Throwable ex) {
			logger.warn("A listener to the updates of a durable subscription failed", ex);
		}
	}

	void closed() {
		enter(Phase.CLOSED);
	}

	private void enter(Phase next) {
		this.phase = next;
		this.since = this.time.instant();
		tell();
	}

	private void tell() {
		try {
			this.listener.accept(new SubscriptionStatus(this.phase, this.since, this.attempts, this.established,
					this.lost, this.failuresInARow, Optional.ofNullable(this.lastError)));
		}
		catch (Throwable ex) {
			logger.warn("A listener to a durable subscription failed", ex);
		}
	}

}
