package io.persistentconn.tcp;

import java.time.Duration;

/**
 * How the OS probes an idle connection. A peer that answers none of the probes is taken
 * for dead after {@code idle + count * interval}.
 * <p>
 * Source: rule T13.
 *
 * @param idle how long the connection is idle before the first probe, in whole seconds
 * @param interval between two probes, in whole seconds
 * @param count how many probes in a row go unanswered before the connection is closed
 */
public record KeepAlive(Duration idle, Duration interval, int count) {

	/**
	 * Creates a way to probe.
	 * @param idle how long the connection is idle before the first probe
	 * @param interval between two probes
	 * @param count how many probes in a row go unanswered
	 * @throws IllegalArgumentException if a duration is not 1 to 32767 whole seconds, or
	 * the count not 1 to 127: what Linux takes
	 */
	public KeepAlive {
		checkSeconds("keepAlive.idle", idle);
		checkSeconds("keepAlive.interval", interval);
		if (count < 1 || count > 127) {
			throw new IllegalArgumentException("keepAlive.count: " + count + " (expected: 1 to 127)");
		}
	}

	/**
	 * How long an idle connection may go on after its peer vanished.
	 * @return {@code idle + count * interval}
	 */
	public Duration noticedWithin() {
		return this.idle.plus(this.interval.multipliedBy(this.count));
	}

	private static void checkSeconds(String name, Duration value) {
		if (value.getNano() != 0 || value.getSeconds() < 1 || value.getSeconds() > 32767) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to 32767 whole seconds)");
		}
	}

}
