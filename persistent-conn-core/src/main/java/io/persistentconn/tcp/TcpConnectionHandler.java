package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Handles one client through its connection, for handlers that want more of it than a
 * reader and a writer: why it closed, its own address, its socket. Source: rule T6.
 *
 * @param <A> the type of the clients' addresses
 */
@FunctionalInterface
public interface TcpConnectionHandler<A extends SocketAddress> {

	/**
	 * Called once for each client, on the event loop of its connection, so it must not
	 * block.
	 * @param connection the connection, which belongs to the server: it closes it
	 * @return a stage; when it completes, what was written is flushed and the connection
	 * closed. Must complete after the connection was lost, too: until then the client
	 * counts
	 * @throws Exception like a stage that fails
	 */
	CompletionStage<?> handle(TcpConnection<A> connection) throws Exception;

}
