package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Handles one client through a reader and a writer. Source: {@code Tcp.Server.create},
 * rule T6.
 *
 * @param <A> the type of the clients' addresses
 */
@FunctionalInterface
public interface TcpHandler<A extends SocketAddress> {

	/**
	 * Called once for each client, on the event loop of its connection, so it must not
	 * block.
	 * @param client the address of the client
	 * @param reader what the client sends
	 * @param writer what the client receives
	 * @return a stage; when it completes, what was written is flushed and the connection
	 * closed. Must complete after the connection was lost, too: until then the client
	 * counts
	 * @throws Exception like a stage that fails
	 */
	CompletionStage<?> handle(A client, TcpReader reader, TcpWriter writer) throws Exception;

}
