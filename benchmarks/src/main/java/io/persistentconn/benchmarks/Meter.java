package io.persistentconn.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Counts, on one event loop, until the time is up.
 */
final class Meter {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

	private final CountDownLatch finished;

	private final long start = System.nanoTime();

	private final long nanos;

	private long count;

	private volatile long finishedAt;

	private volatile long counted;

	private volatile @Nullable Throwable error;

	/**
	 * Starts the clock.
	 * @param parties how many times {@link #count()} is to say that the time is up
	 */
	Meter(int parties, long nanos) {
		this.finished = new CountDownLatch(parties);
		this.nanos = nanos;
	}

	/** Whether to go on. */
	boolean count() {
		this.count++;
		if ((this.count & 63) != 0 && this.finishedAt == 0) {
			return true;
		}
		long now = System.nanoTime();
		if (now - this.start < this.nanos) {
			return true;
		}
		if (this.finishedAt == 0) {
			this.counted = this.count;
			this.finishedAt = now;
		}
		this.finished.countDown();
		return false;
	}

	/** Fails the measurement, unless it is finished. */
	void fail(Throwable cause) {
		if (this.finishedAt == 0) {
			this.error = cause;
			while (this.finished.getCount() > 0) {
				this.finished.countDown();
			}
		}
	}

	/** Waits until all parties have finished; returns how many a second. */
	double await() throws InterruptedException {
		boolean inTime = this.finished.await(this.nanos + PATIENCE, TimeUnit.NANOSECONDS);
		if (!inTime || this.error != null) {
			throw new IllegalStateException("Did not finish after " + this.count + " round trips or messages",
					this.error);
		}
		return this.counted * 1e9 / (this.finishedAt - this.start);
	}

}
