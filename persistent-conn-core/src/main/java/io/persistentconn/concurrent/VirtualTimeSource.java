package io.persistentconn.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when told to, for tests. Tasks run on the thread that calls
 * {@link #run()} or {@link #advanceBy(Duration)}, alarms in the order of their due time
 * and, at the same instant, in the order in which they were set.
 * <p>
 * Tasks and alarms may be handed in from any thread; only one thread at a time may run
 * them. A task that throws ends the run with its exception; the tasks after it stay
 * queued. Source: rule C13.
 */
public final class VirtualTimeSource implements TimeSource {

	private final Queue<Runnable> ready = new ArrayDeque<>();

	private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
			Comparator.comparingLong(Alarm::dueAt).thenComparingLong(Alarm::number));

	private long now;

	private long alarmsSet;

	private volatile @Nullable Thread runner;

	/**
	 * Creates a clock that stands at zero, {@link Instant#EPOCH}.
	 */
	public VirtualTimeSource() {
	}

	@Override
	public long nanoTime() {
		synchronized (this.ready) {
			return this.now;
		}
	}

	@Override
	public Instant instant() {
		return Instant.EPOCH.plusNanos(nanoTime());
	}

	@Override
	public boolean inOwner() {
		return this.runner == Thread.currentThread();
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this.ready) {
			this.ready.add(task);
		}
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		synchronized (this.ready) {
			Alarm alarm = new Alarm(this.now + Math.max(0, delay.toNanos()), this.alarmsSet++, task);
			this.alarms.add(alarm);
			return () -> {
				synchronized (this.ready) {
					this.alarms.remove(alarm);
				}
			};
		}
	}

	/**
	 * Runs all that is ready now, and what that makes ready, without moving the clock.
	 */
	public void run() {
		advanceBy(Duration.ZERO);
	}

	/**
	 * Moves the clock forward, alarm by alarm, running what falls due on the way.
	 * @param duration how far; zero runs what is ready now
	 * @throws IllegalArgumentException if the duration is negative
	 * @throws IllegalStateException if called from within a task
	 */
	public void advanceBy(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("duration: " + duration + " (expected: >= 0)");
		}
		if (this.runner != null) {
			throw new IllegalStateException("Time is already being advanced by " + this.runner);
		}
		this.runner = Thread.currentThread();
		try {
			long end = nanoTime() + duration.toNanos();
			for (Runnable task = next(end); task != null; task = next(end)) {
				task.run();
			}
		}
		finally {
			this.runner = null;
		}
	}

	/**
	 * Moves the clock to the next alarm and runs it.
	 * @return {@code false} if no alarm is set
	 */
	public boolean advanceToNextAlarm() {
		run();
		Duration untilNext;
		synchronized (this.ready) {
			Alarm alarm = this.alarms.peek();
			if (alarm == null) {
				return false;
			}
			untilNext = Duration.ofNanos(alarm.dueAt - this.now);
		}
		advanceBy(untilNext);
		return true;
	}

	/**
	 * How many alarms are set, to show that nothing remains.
	 * @return the number of alarms neither fired nor cancelled
	 */
	public int pendingAlarms() {
		synchronized (this.ready) {
			return this.alarms.size();
		}
	}

	private @Nullable Runnable next(long end) {
		synchronized (this.ready) {
			Runnable task = this.ready.poll();
			if (task != null) {
				return task;
			}
			Alarm alarm = this.alarms.peek();
			if (alarm == null || alarm.dueAt > end) {
				this.now = end;
				return null;
			}
			this.alarms.remove();
			this.now = alarm.dueAt;
			return alarm.task;
		}
	}

	private record Alarm(long dueAt, long number, Runnable task) {
	}

}
