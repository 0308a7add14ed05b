package io.persistentconn.connection;

import java.time.Duration;

/**
 * How long to wait from the beginning of one attempt to the beginning of the next.
 * {@link PersistentConnection} asks once before every attempt, and spreads the answer by
 * {@link #jitter()}. Source: rules C4 and C14.
 */
@FunctionalInterface
public interface RetryDelay {

	/** The jitter of the original: 0.3. */
	double DEFAULT_JITTER = 0.3;

	/** The longest delay there is: longer ones are cut to it. */
	Duration LONGEST = Duration.ofDays(365);

	/**
	 * The delay that spaces the coming attempt from the one after it, before jitter.
	 * Called by the owner.
	 * @param failures how many attempts have failed since the last connection
	 * @return more than zero
	 */
	Duration delay(int failures);

	/**
	 * How far a delay {@code d} is spread: to {@code d ± u}, {@code u} uniform in
	 * {@code [0, jitter · d)}, either sign equally likely.
	 * @return from 0, exact, to 1; default 0.3
	 */
	default double jitter() {
		return DEFAULT_JITTER;
	}

	/**
	 * The same delays, spread differently.
	 * @param jitter from 0, exact, to 1
	 * @return the same delays with that jitter
	 * @throws IllegalArgumentException if the jitter is not from 0 to 1
	 */
	default RetryDelay jittered(double jitter) {
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("jitter: " + jitter + " (expected: from 0 to 1)");
		}
		RetryDelay delays = this;
		return new RetryDelay() {

			@Override
			public Duration delay(int failures) {
				return delays.delay(failures);
			}

			@Override
			public double jitter() {
				return jitter;
			}

		};
	}

	/**
	 * Always the same delay.
	 * @param delay more than zero
	 * @return a delay with the default jitter
	 * @throws IllegalArgumentException if the delay is not more than zero
	 */
	static RetryDelay constant(Duration delay) {
		requirePositive("delay", delay);
		return (failures) -> delay;
	}

	/**
	 * A delay that grows with every failure and starts over after a success.
	 * @param initial the delay after the first attempt, more than zero
	 * @param factor by how much it grows with each failure, at least 1
	 * @param max where it stops growing, at least {@code initial}
	 * @return a delay with the default jitter
	 * @throws IllegalArgumentException if an argument is out of its range
	 */
	static RetryDelay exponential(Duration initial, double factor, Duration max) {
		requirePositive("initial", initial);
		if (!(factor >= 1)) {
			throw new IllegalArgumentException("factor: " + factor + " (expected: >= 1)");
		}
		if (max.compareTo(initial) < 0) {
			throw new IllegalArgumentException("max: " + max + " (expected: >= initial, " + initial + ")");
		}
		Duration limit = (max.compareTo(LONGEST) < 0) ? max : LONGEST;
		return (failures) -> {
			double nanos = initial.toNanos() * Math.pow(factor, failures);
			return (nanos < limit.toNanos()) ? Duration.ofNanos((long) nanos) : limit;
		};
	}

	private static void requirePositive(String name, Duration delay) {
		if (delay.isNegative() || delay.isZero() || delay.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					name + ": " + delay + " (expected: more than zero, at most " + LONGEST + ")");
		}
	}

}
