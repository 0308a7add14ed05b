package io.persistentconn.connection;

import java.time.Duration;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been said since the most recent {@code AttemptingToConnect}, so that it is not
 * said again: neither as an event (rule C3) nor in the log (rule C16).
 */
final class Episode<A> {

	private static final Logger logger = LoggerFactory.getLogger(PersistentConnection.class);

	private final Settings<A, ?> settings;

	private final long beganAt;

	private int failures;

	private @Nullable A lastAddress;

	private @Nullable Throwable lastError;

	Episode(Settings<A, ?> settings) {
		this.settings = settings;
		this.beganAt = settings.time().nanoTime();
	}

	int failures() {
		return this.failures;
	}

	/** Takes note of an address; whether it differs from the one before. */
	boolean isNews(A address) {
		A last = this.lastAddress;
		this.lastAddress = address;
		return last == null || !same(this.settings.sameAddress(), last, address);
	}

	/** Takes note of a failed attempt; whether its error differs from the one before. */
	boolean isNews(Throwable error, Duration nextAttemptIn) {
		Throwable last = this.lastError;
		this.lastError = error;
		this.failures++;
		boolean news = last == null || !same(this.settings.sameError(), last, error);
		if (news) {
			logger.warn("{}: cannot connect to {}: {}; next attempt in {}", this.settings.name(), this.lastAddress,
					error, nextAttemptIn);
		}
		if (logger.isDebugEnabled()) {
			logger.debug("{}: attempt {} to connect to {} failed", this.settings.name(), this.failures,
					this.lastAddress, error);
		}
		return news;
	}

	void connected() {
		if (this.failures == 0) {
			logger.info("{}: connected to {}", this.settings.name(), this.lastAddress);
		}
		else {
			logger.info("{}: connected to {} after {} failed attempt(s) in {}", this.settings.name(), this.lastAddress,
					this.failures, Duration.ofNanos(this.settings.time().nanoTime() - this.beganAt));
		}
	}

	void lost(Duration lifetime, @Nullable Throwable reason) {
		logger.warn("{}: lost the connection to {} after {}{}", this.settings.name(), this.lastAddress, lifetime,
				(reason != null) ? ": " + reason : "");
	}

	void closed(Duration lifetime) {
		logger.info("{}: closed the connection to {} after {}", this.settings.name(), this.lastAddress, lifetime);
	}

	private <T> boolean same(BiPredicate<? super T, ? super T> equality, T one, T other) {
		try {
			return equality.test(one, other);
		}
		catch (Throwable ex) {
			logger.warn("{}: the equality failed on {} and {}", this.settings.name(), one, other, ex);
			return false;
		}
	}

}
