package io.persistentconn.autoconfigure.event;

import java.time.Duration;
import java.util.Optional;

import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a durable subscription. It gives {@link Established} once, then
 * {@link Lost} and {@link Recovered} in turn, and {@link Closed} in the end; one that is
 * annotated begins anew when the application does.
 */
@SuppressWarnings("serial")
public abstract sealed class SubscriptionEvent extends PersistentConnEvent {

	private SubscriptionEvent(NamedSubscription subscription) {
		super(subscription, subscription.name());
	}

	/**
	 * To which subscription it happened.
	 * @return the subscription, whose state may have changed since
	 */
	public NamedSubscription subscription() {
		return (NamedSubscription) getSource();
	}

	/**
	 * The server has accepted, for the first time.
	 */
	public static final class Established extends SubscriptionEvent {

		/**
		 * Creates the event.
		 * @param subscription to which subscription it happened
		 */
		public Established(NamedSubscription subscription) {
			super(subscription);
		}

		@Override
		String details() {
			return "";
		}

	}

	/**
	 * The subscription has ended without being told to: what is known is out of date.
	 */
	public static final class Lost extends SubscriptionEvent {

		private final @Nullable Throwable reason;

		private final Duration lifetime;

		/**
		 * Creates the event.
		 * @param subscription to which subscription it happened
		 * @param reason why, or {@code null} if nobody knows
		 * @param lifetime how long it was there
		 */
		public Lost(NamedSubscription subscription, @Nullable Throwable reason, Duration lifetime) {
			super(subscription);
			this.reason = reason;
			this.lifetime = lifetime;
		}

		/**
		 * Why it was lost.
		 * @return the error; empty if the server ended it in good order
		 */
		public Optional<Throwable> reason() {
			return Optional.ofNullable(this.reason);
		}

		/**
		 * How long it was there.
		 * @return the time
		 */
		public Duration lifetime() {
			return this.lifetime;
		}

		@Override
		String details() {
			return ((this.reason != null) ? ", " + this.reason : "") + ", after " + this.lifetime;
		}

	}

	/**
	 * The server has accepted again.
	 */
	public static final class Recovered extends SubscriptionEvent {

		private final Duration lostFor;

		private final int failedAttempts;

		/**
		 * Creates the event.
		 * @param subscription to which subscription it happened
		 * @param lostFor how long it was lost
		 * @param failedAttempts how many attempts failed meanwhile
		 */
		public Recovered(NamedSubscription subscription, Duration lostFor, int failedAttempts) {
			super(subscription);
			this.lostFor = lostFor;
			this.failedAttempts = failedAttempts;
		}

		/**
		 * How long it was lost.
		 * @return the time
		 */
		public Duration lostFor() {
			return this.lostFor;
		}

		/**
		 * How many attempts failed meanwhile.
		 * @return the number of attempts
		 */
		public int failedAttempts() {
			return this.failedAttempts;
		}

		@Override
		String details() {
			return ", after " + this.lostFor + " and " + this.failedAttempts + " failed attempt(s)";
		}

	}

	/**
	 * It is closed: by the application, because that stops, or because its reader was too
	 * slow.
	 */
	public static final class Closed extends SubscriptionEvent {

		/**
		 * Creates the event.
		 * @param subscription to which subscription it happened
		 */
		public Closed(NamedSubscription subscription) {
			super(subscription);
		}

		@Override
		String details() {
			return "";
		}

	}

}
