package io.persistentconn.durable;

import java.time.Duration;
import java.util.function.Consumer;

import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.connection.RetryDelay;
import org.jspecify.annotations.Nullable;

/**
 * How to hold a durable subscription. Immutable: each {@code with} gives a changed copy.
 * Source: the seed on durable subscriptions, rules D2, D4 and R5.
 */
public final class SubscriptionOptions {

	/** How many updates are buffered for a slow reader, if not said otherwise: 1024. */
	public static final int DEFAULT_BUFFER_SIZE = 1024;

	private static final int LARGEST_BUFFER = 1 << 30;

	private final Duration resubscribeDelay;

	private final @Nullable TimeSource timeSource;

	private final int bufferSize;

	private final Overflow overflow;

	private final Consumer<? super SubscriptionStatus> listener;

	private final Runnable updateListener;

	private SubscriptionOptions(Duration resubscribeDelay, @Nullable TimeSource timeSource, int bufferSize,
			Overflow overflow, Consumer<? super SubscriptionStatus> listener, Runnable updateListener) {
		this.resubscribeDelay = resubscribeDelay;
		this.timeSource = timeSource;
		this.bufferSize = bufferSize;
		this.overflow = overflow;
		this.listener = listener;
		this.updateListener = updateListener;
	}

	/**
	 * Everything as the {@code with}s say.
	 * @param resubscribeDelay how long to wait after a failed attempt or a lost
	 * subscription; more than zero
	 * @return the options
	 * @throws IllegalArgumentException if it is not more than zero
	 */
	public static SubscriptionOptions resubscribeAfter(Duration resubscribeDelay) {
		if (resubscribeDelay.isNegative() || resubscribeDelay.isZero()
				|| resubscribeDelay.compareTo(RetryDelay.LONGEST) > 0) {
			throw new IllegalArgumentException("resubscribeDelay: " + resubscribeDelay
					+ " (expected: more than zero, at most " + RetryDelay.LONGEST + ")");
		}
		return new SubscriptionOptions(resubscribeDelay, null, DEFAULT_BUFFER_SIZE, Overflow.RESUBSCRIBE, (status) -> {
		}, () -> {
		});
	}

	/**
	 * Sets the owner of the subscription, its clock and timer.
	 * @param timeSource that of the {@link Durable} by default
	 * @return a changed copy
	 */
	public SubscriptionOptions withTimeSource(TimeSource timeSource) {
		return new SubscriptionOptions(this.resubscribeDelay, timeSource, this.bufferSize, this.overflow, this.listener,
				this.updateListener);
	}

	/**
	 * Bounds what is kept for a reader that does not keep up. What begins and ends a
	 * subscription is never dropped without the whole of it; while the buffer is full no
	 * attempt is begun.
	 * @param size how many updates, at least 1; {@value #DEFAULT_BUFFER_SIZE} by default
	 * @param overflow what happens when one more comes; {@link Overflow#RESUBSCRIBE} by
	 * default
	 * @return a changed copy
	 * @throws IllegalArgumentException if the size is below 1 or above 2<sup>30</sup>
	 */
	public SubscriptionOptions withBuffer(int size, Overflow overflow) {
		if (size < 1 || size > LARGEST_BUFFER) {
			throw new IllegalArgumentException("size: " + size + " (expected: 1 to " + LARGEST_BUFFER + ")");
		}
		return new SubscriptionOptions(this.resubscribeDelay, this.timeSource, size, overflow, this.listener,
				this.updateListener);
	}

	/**
	 * Watches the subscription.
	 * @param listener told how it is doing, each time that changes, before the stream
	 * says so. Called by the owner, so it must not block; what it throws is logged
	 * @return a changed copy
	 */
	public SubscriptionOptions withListener(Consumer<? super SubscriptionStatus> listener) {
		return new SubscriptionOptions(this.resubscribeDelay, this.timeSource, this.bufferSize, this.overflow, listener,
				this.updateListener);
	}

	/**
	 * Watches what comes, for example to know how old the data is.
	 * @param updateListener called for each state and each update that is received,
	 * before the stream has it; by the owner, or the event loop of the connection, so it
	 * must not block; what it throws is logged
	 * @return a changed copy
	 */
	public SubscriptionOptions withUpdateListener(Runnable updateListener) {
		return new SubscriptionOptions(this.resubscribeDelay, this.timeSource, this.bufferSize, this.overflow,
				this.listener, updateListener);
	}

	Duration resubscribeDelay() {
		return this.resubscribeDelay;
	}

	TimeSource timeSourceOr(TimeSource other) {
		return (this.timeSource != null) ? this.timeSource : other;
	}

	int bufferSize() {
		return this.bufferSize;
	}

	Overflow overflow() {
		return this.overflow;
	}

	Consumer<? super SubscriptionStatus> listener() {
		return this.listener;
	}

	Runnable updateListener() {
		return this.updateListener;
	}

}
