package io.persistentconn.tcp;

import java.time.Duration;

import io.netty.util.concurrent.Ticker;

/**
 * Lets one of many like events pass in a while, so that a server under pressure does not
 * also fill its log. Not thread safe.
 */
final class AtMostOnce {

	private final Ticker ticker;

	private final long everyNanos;

	private boolean passedBefore;

	private long passedAt;

	AtMostOnce(Duration every, Ticker ticker) {
		this.everyNanos = every.toNanos();
		this.ticker = ticker;
	}

	boolean passes() {
		long now = this.ticker.nanoTime();
		if (this.passedBefore && now - this.passedAt < this.everyNanos) {
			return false;
		}
		this.passedBefore = true;
		this.passedAt = now;
		return true;
	}

}
