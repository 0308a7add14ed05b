package io.persistentconn.tcp;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long nothing was received while we were reading. Has one alarm at most,
 * which is set anew only when it goes off. Source: rule T13.
 */
final class ReadIdle {

	private final long limit;

	private final TimeSource timeSource;

	private final Runnable tooLong;

	private final Runnable check;

	private boolean reading = true;

	private long lastReceived;

	private @Nullable Cancellable alarm;

	/**
	 * Starts a watch.
	 * @param limit how long is too long
	 * @param timeSource the clock; its alarms may go off on any thread
	 * @param onLoop runs the check on the event loop, where all methods are called
	 * @param tooLong called on the event loop, once
	 */
	ReadIdle(Duration limit, TimeSource timeSource, Executor onLoop, Runnable tooLong) {
		this.limit = limit.toNanos();
		this.timeSource = timeSource;
		this.tooLong = tooLong;
		this.check = () -> onLoop.execute(this::check);
		this.lastReceived = timeSource.nanoTime();
		this.alarm = schedule(this.limit);
	}

	/** Something was received. */
	void received() {
		this.lastReceived = this.timeSource.nanoTime();
	}

	/** Reading pauses or goes on. Time that passes in a pause does not count. */
	void reading(boolean on) {
		this.reading = on;
		if (on) {
			received();
			if (this.alarm == null) {
				this.alarm = schedule(this.limit);
			}
		}
	}

	/** Ends the watch. */
	void stop() {
		this.reading = false;
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
		}
	}

	private void check() {
		this.alarm = null;
		if (this.reading) {
			long idle = this.timeSource.nanoTime() - this.lastReceived;
			if (idle >= this.limit) {
				this.tooLong.run();
			}
			else {
				this.alarm = schedule(this.limit - idle);
			}
		}
	}

	private Cancellable schedule(long nanos) {
		return this.timeSource.schedule(Duration.ofNanos(nanos), this.check);
	}

}
