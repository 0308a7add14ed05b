package io.persistentconn.autoconfigure.event;

import java.time.Duration;
import java.util.Optional;

import io.persistentconn.connection.PersistentConnection;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a persistent connection. A connection that is to be established
 * gives {@link Attempting}, {@link ObtainedAddress} and {@link FailedToConnect} if they
 * are news, and {@link Connected} in the end; one that is lost gives
 * {@link Disconnected}.
 */
@SuppressWarnings("serial")
public abstract sealed class PersistentConnectionEvent extends PersistentConnEvent {

	private PersistentConnectionEvent(PersistentConnection<?> connection) {
		super(connection, connection.name());
	}

	/**
	 * To which connection it happened.
	 * @return the persistent connection, whose state may have changed since
	 */
	public PersistentConnection<?> connection() {
		return (PersistentConnection<?>) getSource();
	}

	/**
	 * It begins to connect. Retries do not say this again.
	 */
	public static final class Attempting extends PersistentConnectionEvent {

		/**
		 * Creates the event.
		 * @param connection to which connection it happened
		 */
		public Attempting(PersistentConnection<?> connection) {
			super(connection);
		}

		@Override
		String details() {
			return "";
		}

	}

	/**
	 * It knows an address to try, other than the one before.
	 */
	public static final class ObtainedAddress extends PersistentConnectionEvent {

		private final transient Object address;

		/**
		 * Creates the event.
		 * @param connection to which connection it happened
		 * @param address the address
		 */
		public ObtainedAddress(PersistentConnection<?> connection, Object address) {
			super(connection);
			this.address = address;
		}

		/**
		 * Where it tries to connect to.
		 * @return the address
		 */
		public Object address() {
			return this.address;
		}

		@Override
		String details() {
			return ", " + this.address;
		}

	}

	/**
	 * It is connected.
	 */
	public static final class Connected extends PersistentConnectionEvent {

		private final transient Object address;

		/**
		 * Creates the event.
		 * @param connection to which connection it happened
		 * @param address the address
		 */
		public Connected(PersistentConnection<?> connection, Object address) {
			super(connection);
			this.address = address;
		}

		/**
		 * Where it is connected to.
		 * @return the address
		 */
		public Object address() {
			return this.address;
		}

		@Override
		String details() {
			return ", " + this.address;
		}

	}

	/**
	 * An attempt failed, for another reason than the one before.
	 */
	public static final class FailedToConnect extends PersistentConnectionEvent {

		private final int attempt;

		private final Throwable cause;

		private final Duration nextAttemptIn;

		/**
		 * Creates the event.
		 * @param connection to which connection it happened
		 * @param attempt which attempt failed
		 * @param cause why it failed
		 * @param nextAttemptIn how long until the next one
		 */
		public FailedToConnect(PersistentConnection<?> connection, int attempt, Throwable cause,
				Duration nextAttemptIn) {
			super(connection);
			this.attempt = attempt;
			this.cause = cause;
			this.nextAttemptIn = nextAttemptIn;
		}

		/**
		 * Which attempt failed.
		 * @return its number since {@link Attempting}, from 1
		 */
		public int attempt() {
			return this.attempt;
		}

		/**
		 * Why it failed.
		 * @return the error
		 */
		public Throwable cause() {
			return this.cause;
		}

		/**
		 * When it will try again.
		 * @return the time from the failure to the next attempt
		 */
		public Duration nextAttemptIn() {
			return this.nextAttemptIn;
		}

		@Override
		String details() {
			return ", attempt " + this.attempt + ", " + this.cause + ", next attempt in " + this.nextAttemptIn;
		}

	}

	/**
	 * The connection is gone: lost, or closed by this side.
	 */
	public static final class Disconnected extends PersistentConnectionEvent {

		private final @Nullable Throwable reason;

		private final Duration lifetime;

		/**
		 * Creates the event.
		 * @param connection to which connection it happened
		 * @param reason why, or {@code null} if this side closed it
		 * @param lifetime how long it was connected
		 */
		public Disconnected(PersistentConnection<?> connection, @Nullable Throwable reason, Duration lifetime) {
			super(connection);
			this.reason = reason;
			this.lifetime = lifetime;
		}

		/**
		 * Why the connection is gone.
		 * @return the error; empty if this side closed it, or nobody knows
		 */
		public Optional<Throwable> reason() {
			return Optional.ofNullable(this.reason);
		}

		/**
		 * How long it was connected.
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
	 * It is closed for good, and will not connect any more.
	 */
	public static final class Closed extends PersistentConnectionEvent {

		private final @Nullable Throwable reason;

		/**
		 * Creates the event.
		 * @param connection to which connection it happened
		 * @param reason the error that its connector gave up with, or {@code null}
		 */
		public Closed(PersistentConnection<?> connection, @Nullable Throwable reason) {
			super(connection);
			this.reason = reason;
		}

		/**
		 * Why it gave up.
		 * @return the error that its connector gave up with; empty if it was closed
		 */
		public Optional<Throwable> reason() {
			return Optional.ofNullable(this.reason);
		}

		@Override
		String details() {
			return (this.reason != null) ? ", " + this.reason : "";
		}

	}

}
