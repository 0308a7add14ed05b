package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a server tells its listeners. Never one per client, except for failures.
 */
public sealed interface TcpServerEvent {

	/**
	 * The server listens.
	 *
	 * @param address the address that it listens on
	 */
	record Listening(SocketAddress address) implements TcpServerEvent {
	}

	/**
	 * The server does not listen any more: it was told to stop or close, or its handler
	 * error policy threw, or its listening socket was closed behind its back.
	 *
	 * @param address the address that it listened on
	 * @param error what the policy threw, or {@code null}
	 */
	record Stopped(SocketAddress address, @Nullable Throwable error) implements TcpServerEvent {

		/**
		 * Why the server stopped, if it was not told to.
		 * @return what the handler error policy threw, or empty
		 */
		public Optional<Throwable> reason() {
			return Optional.ofNullable(this.error);
		}

	}

	/**
	 * As many clients are connected as may be. Told at most once a minute.
	 *
	 * @param maxConnections how many that is
	 */
	record LimitReached(int maxConnections) implements TcpServerEvent {
	}

	/**
	 * The handler of a client failed. Told before the handler error policy is asked.
	 *
	 * @param client the address of the client
	 * @param error what the handler threw, or what its stage failed with
	 */
	record HandlerFailed(SocketAddress client, Throwable error) implements TcpServerEvent {
	}

}
