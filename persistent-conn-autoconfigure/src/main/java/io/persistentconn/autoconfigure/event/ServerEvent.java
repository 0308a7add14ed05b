package io.persistentconn.autoconfigure.event;

import java.net.SocketAddress;
import java.util.Optional;

import io.persistentconn.tcp.TcpServer;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a server.
 */
@SuppressWarnings("serial")
public abstract sealed class ServerEvent extends PersistentConnEvent {

	private ServerEvent(TcpServer<?, ?> server) {
		super(server, server.name());
	}

	/**
	 * To which server it happened.
	 * @return the server, whose state may have changed since
	 */
	public TcpServer<?, ?> server() {
		return (TcpServer<?, ?>) getSource();
	}

	/**
	 * It listens.
	 */
	public static final class Listening extends ServerEvent {

		private final SocketAddress address;

		/**
		 * Creates the event.
		 * @param server to which server it happened
		 * @param address where it listens
		 */
		public Listening(TcpServer<?, ?> server, SocketAddress address) {
			super(server);
			this.address = address;
		}

		/**
		 * Where it listens.
		 * @return the address
		 */
		public SocketAddress address() {
			return this.address;
		}

		@Override
		String details() {
			return ", " + this.address;
		}

	}

	/**
	 * It accepts no more clients, but still has some, which may finish what they are at.
	 */
	public static final class Draining extends ServerEvent {

		private final int connections;

		/**
		 * Creates the event.
		 * @param server to which server it happened
		 * @param connections how many clients it has
		 */
		public Draining(TcpServer<?, ?> server, int connections) {
			super(server);
			this.connections = connections;
		}

		/**
		 * How many clients it still has.
		 * @return the number of clients
		 */
		public int connections() {
			return this.connections;
		}

		@Override
		String details() {
			return ", " + this.connections + " connection(s)";
		}

	}

	/**
	 * It does not listen any more.
	 */
	public static final class Stopped extends ServerEvent {

		private final @Nullable Throwable reason;

		/**
		 * Creates the event.
		 * @param server to which server it happened
		 * @param reason why, or {@code null} if it was told to stop
		 */
		public Stopped(TcpServer<?, ?> server, @Nullable Throwable reason) {
			super(server);
			this.reason = reason;
		}

		/**
		 * Why it stopped by itself.
		 * @return the error of a handler that it was not to survive; empty if it was told
		 * to stop
		 */
		public Optional<Throwable> reason() {
			return Optional.ofNullable(this.reason);
		}

		@Override
		String details() {
			return (this.reason != null) ? ", " + this.reason : "";
		}

	}

	/**
	 * As many clients are connected as may be. Published at most once a minute.
	 */
	public static final class LimitReached extends ServerEvent {

		private final int maxConnections;

		/**
		 * Creates the event.
		 * @param server to which server it happened
		 * @param maxConnections how many clients it may have
		 */
		public LimitReached(TcpServer<?, ?> server, int maxConnections) {
			super(server);
			this.maxConnections = maxConnections;
		}

		/**
		 * How many clients it may have.
		 * @return the limit
		 */
		public int maxConnections() {
			return this.maxConnections;
		}

		@Override
		String details() {
			return ", " + this.maxConnections + " connection(s)";
		}

	}

	/**
	 * The handler of a client failed.
	 */
	public static final class HandlerFailed extends ServerEvent {

		private final SocketAddress client;

		private final Throwable cause;

		/**
		 * Creates the event.
		 * @param server to which server it happened
		 * @param client the address of the client
		 * @param cause what the handler failed with
		 */
		public HandlerFailed(TcpServer<?, ?> server, SocketAddress client, Throwable cause) {
			super(server);
			this.client = client;
			this.cause = cause;
		}

		/**
		 * Whose handler failed.
		 * @return the address of the client
		 */
		public SocketAddress client() {
			return this.client;
		}

		/**
		 * Why it failed.
		 * @return the error
		 */
		public Throwable cause() {
			return this.cause;
		}

		@Override
		String details() {
			return ", client " + this.client + ", " + this.cause;
		}

	}

}
