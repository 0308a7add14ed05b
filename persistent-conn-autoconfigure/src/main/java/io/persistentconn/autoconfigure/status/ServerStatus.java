package io.persistentconn.autoconfigure.status;

import java.net.SocketAddress;
import java.util.Optional;

import io.persistentconn.tcp.TcpServerCounters;

/**
 * How a server is doing, at one moment.
 *
 * @param phase what it is doing
 * @param listeningOn where it listens, or did last
 * @param connections how many clients it has
 * @param maxConnections how many clients it may have
 * @param dropping whether it closes clients as soon as they come
 * @param counters what it has counted
 * @param error why it stopped by itself, if it did
 */
public record ServerStatus(Phase phase, Optional<SocketAddress> listeningOn, int connections, int maxConnections,
		boolean dropping, TcpServerCounters counters, Optional<Throwable> error) {

	/**
	 * What a server can be doing.
	 */
	public enum Phase {

		/** It has not listened yet. */
		NOT_STARTED,

		/** It listens. */
		LISTENING,

		/** It was told to stop, and still has clients. */
		DRAINING,

		/** It was told to stop. */
		STOPPED,

		/** It stopped by itself, because a handler failed and it was not to go on. */
		FAILED

	}

}
