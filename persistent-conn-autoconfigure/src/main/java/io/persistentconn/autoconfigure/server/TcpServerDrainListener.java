package io.persistentconn.autoconfigure.server;

import java.time.Duration;

import io.persistentconn.tcp.TcpServer;

/**
 * Is told when a server drains because the application stops. All beans of this type are
 * called, in order.
 */
@FunctionalInterface
public interface TcpServerDrainListener {

	/**
	 * A server does not listen any more; the handlers of its clients may go on for a
	 * while. Must not block.
	 * @param server the server, whose {@link TcpServer#numConnections()} are left
	 * @param gracePeriod how long they may go on
	 */
	void draining(TcpServer<?, ?> server, Duration gracePeriod);

}
