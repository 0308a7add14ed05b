package io.persistentconn.sample;

import io.persistentconn.tcp.TcpServer;
import org.jspecify.annotations.Nullable;

/**
 * How the server of this instance is doing, for the page.
 *
 * @param port where it listens; {@code null} if it does not
 * @param accepting whether newcomers are welcome, or dropped
 * @param clients how many are connected
 * @param maxClients how many may be
 * @param accepted how many there have been
 * @param dropped how many newcomers have been turned away
 */
record ServerStatus(@Nullable Integer port, boolean accepting, int clients, int maxClients, long accepted,
		long dropped) {

	static ServerStatus of(TcpServer<?, Integer> server) {
		return new ServerStatus(server.isListening() ? server.listeningOn() : null,
				!server.isDroppingIncomingConnections(), server.numConnections(), server.maxConnections(),
				server.counters().accepted(), server.counters().rejected());
	}

}
