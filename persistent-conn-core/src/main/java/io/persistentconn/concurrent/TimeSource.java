package io.persistentconn.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * An executor, a clock and a timer in one: the owner of a state machine. Its tasks run
 * one at a time, in the order in which they were handed in or fell due; what a task wrote
 * is seen by the next one.
 * <p>
 * In production it is an event loop or {@link #wallClock()}; in tests
 * {@link VirtualTimeSource}, so that hours pass in microseconds and every run is the
 * same.
 * <p>
 * All methods may be called from any thread. Source: rules C12 and C13.
 */
public interface TimeSource extends Executor {

	/**
	 * The clock for measuring: monotonic, in nanoseconds, from an arbitrary origin.
	 * @return the present reading
	 */
	long nanoTime();

	/**
	 * The clock for showing to people.
	 * @return the present instant
	 */
	Instant instant();

	/**
	 * Runs a task later.
	 * @param delay how long from now; zero or less is at the next opportunity
	 * @param task run by the owner
	 * @return cancels the alarm; a task that has begun is not interrupted
	 */
	Cancellable schedule(Duration delay, Runnable task);

	/**
	 * Whether the calling thread is at present running a task of this time source.
	 * @return {@code true} if state owned by this time source may be touched
	 */
	boolean inOwner();

	/**
	 * A new owner with the clocks of the machine, on daemon threads that all such owners
	 * share. It holds no thread while idle, and needs no closing.
	 * @return a time source of its own: tasks of two of them may run at the same time
	 */
	static TimeSource wallClock() {
		return new WallClockTimeSource();
	}

}
