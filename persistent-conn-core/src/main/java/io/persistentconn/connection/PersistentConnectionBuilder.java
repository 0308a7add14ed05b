package io.persistentconn.connection;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link PersistentConnection}. Only an address is required. Not thread safe.
 *
 * @param <A> the type of addresses
 * @param <C> the type of connections
 */
public final class PersistentConnectionBuilder<A, C extends AsyncCloseable> {

	private final String name;

	private final Connector<A, C> connector;

	private @Nullable AddressSupplier<? extends List<? extends A>> addresses;

	private ConnectionEventHandler<A, C> handler = (event) -> null;

	private RetryDelay retryDelay = RetryDelay.constant(PersistentConnection.DEFAULT_RETRY_DELAY);

	private Duration initialSpread = Duration.ZERO;

	private RandomGenerator random = RandomGenerator.getDefault();

	private @Nullable TimeSource time;

	private BiPredicate<? super A, ? super A> sameAddress = Object::equals;

	private BiPredicate<? super Throwable, ? super Throwable> sameError = new SameError();

	PersistentConnectionBuilder(String name, Connector<A, C> connector) {
		this.name = name;
		this.connector = connector;
	}

	/**
	 * Sets where to connect to; replaces {@link #addresses}.
	 * @param supplier asked before every attempt
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> address(AddressSupplier<? extends A> supplier) {
		this.addresses = () -> supplier.get().thenApply((address) -> (address != null) ? List.of(address) : List.of());
		return this;
	}

	/**
	 * Sets several candidates for every attempt; replaces {@link #address}. They are
	 * tried in turn, at once, beginning with the last good one; the attempt fails when
	 * all have. There is no fail-back while connected.
	 * @param supplier asked before every attempt for at least one candidate
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> addresses(AddressSupplier<? extends List<? extends A>> supplier) {
		this.addresses = supplier;
		return this;
	}

	/**
	 * Sets the handler of events, which gates progress. Default: none.
	 * @param handler called by the owner
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> onEvent(ConnectionEventHandler<A, C> handler) {
		this.handler = handler;
		return this;
	}

	/**
	 * Sets how far attempts are apart. Default: {@code constant(10 s)}, spread by 30 %.
	 * @param retryDelay asked once before every attempt
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> retryDelay(RetryDelay retryDelay) {
		this.retryDelay = retryDelay;
		return this;
	}

	/**
	 * Delays the first attempt after a loss by a uniform amount, so that a thousand
	 * clients of one server do not return in one instant. Default: zero.
	 * @param initialSpread the amount is below this
	 * @return this builder
	 * @throws IllegalArgumentException if negative
	 */
	public PersistentConnectionBuilder<A, C> initialSpread(Duration initialSpread) {
		if (initialSpread.isNegative() || initialSpread.compareTo(RetryDelay.LONGEST) > 0) {
			throw new IllegalArgumentException(
					"initialSpread: " + initialSpread + " (expected: from zero to " + RetryDelay.LONGEST + ")");
		}
		this.initialSpread = initialSpread;
		return this;
	}

	/**
	 * Sets the randomness of delays. Default: the JDK's.
	 * @param random used by the owner alone; seeded, it makes the history repeatable
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	/**
	 * Sets the owner, clock and timer. Default: {@link TimeSource#wallClock()}.
	 * @param time runs all callbacks
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> timeSource(TimeSource time) {
		this.time = time;
		return this;
	}

	/**
	 * Sets when an address is the same as the one before, and so not reported again.
	 * Default: {@code equals}.
	 * @param sameAddress called by the owner
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> sameAddress(BiPredicate<? super A, ? super A> sameAddress) {
		this.sameAddress = sameAddress;
		return this;
	}

	/**
	 * Sets when an error is the same as the one before, and so not reported again.
	 * Default: same class, message and causes.
	 * @param sameError called by the owner
	 * @return this builder
	 */
	public PersistentConnectionBuilder<A, C> sameError(BiPredicate<? super Throwable, ? super Throwable> sameError) {
		this.sameError = sameError;
		return this;
	}

	/**
	 * Builds and starts.
	 * @return a persistent connection whose first attempt is about to begin
	 * @throws IllegalStateException if no address was set
	 */
	public PersistentConnection<C> start() {
		PersistentConnection<C> connection = build();
		connection.start();
		return connection;
	}

	/**
	 * Builds without starting.
	 * @return a persistent connection that waits for {@link PersistentConnection#start()}
	 * @throws IllegalStateException if no address was set
	 */
	public PersistentConnection<C> build() {
		AddressSupplier<? extends List<? extends A>> addresses = this.addresses;
		if (addresses == null) {
			throw new IllegalStateException(this.name + ": no address supplier (expected: address or addresses)");
		}
		TimeSource time = (this.time != null) ? this.time : TimeSource.wallClock();
		return new PersistentConnection<>(new Settings<>(this.name, this.connector, addresses, this.handler,
				this.retryDelay, this.initialSpread, this.random, time, this.sameAddress, this.sameError));
	}

}
