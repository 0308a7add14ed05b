package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * When an update came last. Written by one thread at a time, for each update, which costs
 * it a reading of the clock and allocates nothing; read by any thread.
 */
final class LastUpdate {

	private final TimeSource time;

	private final AtomicLong nanos = new AtomicLong();

	private volatile boolean known;

	/** So that the same update is not shown at two times. Guarded by this. */
	private @Nullable Reading shown;

	/**
	 * Creates one that knows of no update.
	 * @param time the clock
	 */
	LastUpdate(TimeSource time) {
		this.time = time;
	}

	void received() {
		// Nothing else is published by this, so it need not be a volatile write.
		this.nanos.setOpaque(this.time.nanoTime());
		if (!this.known) {
			this.known = true;
		}
	}

	Optional<Duration> age() {
		return this.known ? Optional.of(Duration.ofNanos(this.time.nanoTime() - this.nanos.getOpaque()))
				: Optional.empty();
	}

	synchronized Optional<Instant> at() {
		if (!this.known) {
			return Optional.empty();
		}
		long last = this.nanos.getOpaque();
		Reading reading = this.shown;
		if (reading == null || reading.nanos() != last) {
			reading = new Reading(last, this.time.instant().minusNanos(this.time.nanoTime() - last));
			this.shown = reading;
		}
		return Optional.of(reading.instant());
	}

	/**
	 * One moment by both clocks.
	 *
	 * @param nanos by the one for measuring
	 * @param instant by the one for showing
	 */
	private record Reading(long nanos, Instant instant) {
	}

}
