package io.persistentconn.connection;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the delays of a persistent connection, in nanoseconds (rules C4 and C14). What
 * the user's delay or generator does wrong is logged, and the default taken instead (rule
 * C11). Used by the owner alone.
 */
final class Delays {

	private static final Logger logger = LoggerFactory.getLogger(PersistentConnection.class);

	private final Settings<?, ?> settings;

	Delays(Settings<?, ?> settings) {
		this.settings = settings;
	}

	/** From the beginning of the coming attempt to that of the next. */
	long retryDelay(int failures) {
		try {
			Duration delay = this.settings.retryDelay().delay(failures);
			if (delay.isNegative() || delay.isZero()) {
				throw new IllegalArgumentException("retryDelay: " + delay + " (expected: more than zero)");
			}
			long nanos = ((delay.compareTo(RetryDelay.LONGEST) < 0) ? delay : RetryDelay.LONGEST).toNanos();
			double jitter = this.settings.retryDelay().jitter();
			if (jitter == 0) {
				return nanos;
			}
			long distance = (long) (this.settings.random().nextDouble() * jitter * nanos);
			return this.settings.random().nextBoolean() ? nanos + distance : nanos - distance;
		}
		catch (Throwable ex) {
			logger.warn("{}: the retry delay failed; using {}", this.settings.name(),
					PersistentConnection.DEFAULT_RETRY_DELAY, ex);
			return PersistentConnection.DEFAULT_RETRY_DELAY.toNanos();
		}
	}

	/**
	 * Before the first attempt after a loss, on top of what is left of the retry delay.
	 */
	long initialSpread() {
		long spread = this.settings.initialSpread().toNanos();
		if (spread == 0) {
			return 0;
		}
		try {
			return (long) (this.settings.random().nextDouble() * spread);
		}
		catch (Throwable ex) {
			logger.warn("{}: the generator failed; not spreading", this.settings.name(), ex);
			return 0;
		}
	}

}
