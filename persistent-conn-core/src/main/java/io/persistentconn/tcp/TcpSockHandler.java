package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

import io.netty.channel.Channel;

/**
 * Handles one client on its bare socket. Source: {@code Tcp.Server.create_sock}, rule T6.
 *
 * @param <A> the type of the clients' addresses
 */
@FunctionalInterface
public interface TcpSockHandler<A extends SocketAddress> {

	/**
	 * Called once for each client, on the event loop of its socket, so it must not block.
	 * Nothing was read yet, and nothing is before this returns: handlers added to the
	 * pipeline now see every byte. With TLS the handshake is done and the pipeline
	 * decrypts.
	 * @param client the address of the client
	 * @param socket the socket, active
	 * @return a stage; when it completes the socket is closed. Must complete after the
	 * socket was closed by the client, too: until then the client counts
	 * @throws Exception like a stage that fails
	 */
	CompletionStage<?> handle(A client, Channel socket) throws Exception;

}
