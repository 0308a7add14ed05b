package io.persistentconn.rpc;

import java.time.Duration;

/**
 * How two ends of a connection see that the other is alive. Any message counts as a sign
 * of life. While this end does not read, as it pushes back, silence says nothing. Source:
 * rule R2.
 *
 * @param sendEvery how often to send a heartbeat, the first right after the handshake;
 * {@link Duration#ZERO} for never
 * @param timeout how long to wait for a sign of life before the connection is closed
 * @param style how the waiting is measured
 */
public record Heartbeat(Duration sendEvery, Duration timeout, Style style) {

	private static final Heartbeat NEVER = new Heartbeat(Duration.ZERO, Duration.ZERO, Style.NUMBER_OF_HEARTBEATS);

	/**
	 * Checks the values.
	 * @param sendEvery how often to send a heartbeat
	 * @param timeout how long to wait for a sign of life
	 * @param style how the waiting is measured
	 * @throws IllegalArgumentException if one is negative, or the interval is not shorter
	 * than the timeout
	 */
	public Heartbeat {
		if (sendEvery.isNegative()) {
			throw new IllegalArgumentException("sendEvery: " + sendEvery + " (expected: > 0, or 0 for never)");
		}
		if (!sendEvery.isZero() && sendEvery.compareTo(timeout) >= 0) {
			throw new IllegalArgumentException("sendEvery: " + sendEvery + " (expected: < timeout, " + timeout + ")");
		}
	}

	/**
	 * Every 10 seconds, with a timeout of 30, counted in heartbeats.
	 * @return the defaults
	 */
	public static Heartbeat defaults() {
		return every(Duration.ofSeconds(10), Duration.ofSeconds(30));
	}

	/**
	 * Counted in heartbeats.
	 * @param sendEvery how often to send one
	 * @param timeout how long to wait for a sign of life
	 * @return the heartbeat
	 * @throws IllegalArgumentException if the interval is not positive and shorter than
	 * the timeout
	 */
	public static Heartbeat every(Duration sendEvery, Duration timeout) {
		return new Heartbeat(sendEvery, timeout, Style.NUMBER_OF_HEARTBEATS);
	}

	/**
	 * None are sent and none are expected.
	 * @return no heartbeat
	 */
	public static Heartbeat never() {
		return NEVER;
	}

	/**
	 * Measures in another way.
	 * @param style the way
	 * @return a heartbeat that does so
	 */
	public Heartbeat withStyle(Style style) {
		return new Heartbeat(this.sendEvery, this.timeout, style);
	}

	boolean isNever() {
		return this.sendEvery.isZero();
	}

	/** How many heartbeats may stay unanswered. */
	int unansweredAllowed() {
		long fully = this.timeout.dividedBy(this.sendEvery);
		boolean exactly = this.sendEvery.multipliedBy(fully).equals(this.timeout);
		return (int) Math.min(Integer.MAX_VALUE, exactly ? fully : fully + 1);
	}

	/**
	 * How to measure the time since the last sign of life.
	 */
	public enum Style {

		/**
		 * In heartbeats that this side sent meanwhile: a process that was stalled does
		 * not take its healthy connections for dead.
		 */
		NUMBER_OF_HEARTBEATS,

		/**
		 * By the clock, when a heartbeat is due: what the original does.
		 */
		ELAPSED_TIME

	}

}
