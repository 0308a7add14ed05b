package io.persistentconn.tcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Watches the age of the oldest byte that the OS has not taken. Costs nothing while the
 * OS takes everything at once; has one alarm at most, which is set anew only when it goes
 * off. Source: rule T4.
 */
final class BufferAge {

	private final long limit;

	private final TimeSource timeSource;

	private final Runnable tooOld;

	private final Runnable check;

	private final ArrayDeque<Mark> marks = new ArrayDeque<>();

	private @Nullable Cancellable alarm;

	/**
	 * Creates a watch.
	 * @param limit how old is too old
	 * @param timeSource the clock; its alarms may go off on any thread
	 * @param onLoop runs the check on the event loop, where all methods are called
	 * @param tooOld called on the event loop, once
	 */
	BufferAge(Duration limit, TimeSource timeSource, Executor onLoop, Runnable tooOld) {
		this.limit = limit.toNanos();
		this.timeSource = timeSource;
		this.tooOld = tooOld;
		this.check = () -> onLoop.execute(this::check);
	}

	/**
	 * The OS did not take all at once.
	 * @param end how many bytes were ever handed to it
	 */
	void waiting(long end) {
		Mark last = this.marks.peekLast();
		if (last == null || last.end < end) {
			this.marks.add(new Mark(end, this.timeSource.nanoTime()));
			if (this.alarm == null) {
				schedule(this.limit);
			}
		}
	}

	/**
	 * The OS took some.
	 * @param end how many bytes it has ever taken
	 */
	void taken(long end) {
		for (Mark mark = this.marks.peek(); mark != null && mark.end <= end; mark = this.marks.peek()) {
			this.marks.remove();
		}
	}

	/** Ends the watch. */
	void stop() {
		this.marks.clear();
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
		}
	}

	private void check() {
		this.alarm = null;
		Mark oldest = this.marks.peek();
		if (oldest != null) {
			long age = this.timeSource.nanoTime() - oldest.time;
			if (age >= this.limit) {
				this.tooOld.run();
			}
			else {
				schedule(this.limit - age);
			}
		}
	}

	private void schedule(long nanos) {
		this.alarm = this.timeSource.schedule(Duration.ofNanos(nanos), this.check);
	}

	private record Mark(long end, long time) {
	}

}
