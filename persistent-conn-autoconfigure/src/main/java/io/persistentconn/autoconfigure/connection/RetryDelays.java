package io.persistentconn.autoconfigure.connection;

import java.time.Duration;

import io.persistentconn.autoconfigure.beans.EntryBeans;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.connection.RetryDelay;

/**
 * Finds the retry delay of a connection: a bean that is meant for it or for all, or what
 * its properties say.
 */
final class RetryDelays {

	private static final double FACTOR = 2;

	private final EntryBeans<RetryDelay> beans;

	RetryDelays(EntryBeans<RetryDelay> beans) {
		this.beans = beans;
	}

	RetryDelay retryDelay(String connection, String beanName, ConnectionProperties properties) {
		return this.beans.qualified(connection)
			.or(() -> this.beans.unqualified(connection))
			.map((bean) -> this.beans.use(bean, beanName))
			.orElseGet(() -> fromProperties(properties));
	}

	private static RetryDelay fromProperties(ConnectionProperties properties) {
		Duration delay = properties.retryDelay();
		Duration longest = properties.maxRetryDelay();
		RetryDelay delays = (longest != null && longest.compareTo(delay) > 0)
				? RetryDelay.exponential(delay, FACTOR, longest) : RetryDelay.constant(delay);
		return delays.jittered(properties.retryJitter());
	}

}
