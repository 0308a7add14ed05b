package io.persistentconn.connection;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

import io.persistentconn.concurrent.TimeSource;

/**
 * All that a persistent connection was built with.
 */
record Settings<A, C>(String name, Connector<A, C> connector, AddressSupplier<? extends List<? extends A>> addresses,
		ConnectionEventHandler<A, C> handler, RetryDelay retryDelay, Duration initialSpread, RandomGenerator random,
		TimeSource time, BiPredicate<? super A, ? super A> sameAddress,
		BiPredicate<? super Throwable, ? super Throwable> sameError) {
}
