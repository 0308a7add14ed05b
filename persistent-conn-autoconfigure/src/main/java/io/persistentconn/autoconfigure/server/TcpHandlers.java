package io.persistentconn.autoconfigure.server;

import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;

import io.persistentconn.autoconfigure.beans.EntryBeans;
import io.persistentconn.autoconfigure.properties.Protocol;
import io.persistentconn.autoconfigure.properties.ServerProperties;
import io.persistentconn.tcp.TcpHandler;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds the handler of a server: the bean with the server's name as qualifier or, if the
 * server is the only one of TCP, the only handler.
 */
final class TcpHandlers {

	private final EntryBeans<?> beans;

	private final boolean single;

	TcpHandlers(ListableBeanFactory beans, Map<String, ServerProperties> servers) {
		this.beans = new EntryBeans<>(beans, TcpHandler.class, servers.keySet());
		this.single = servers.values().stream().filter((server) -> server.protocol() == Protocol.TCP).count() == 1;
	}

	/**
	 * Finds a handler.
	 * @param server the name of the server
	 * @param beanName the name of the server's bean
	 */
	@SuppressWarnings("unchecked")
	<A extends SocketAddress> TcpHandler<A> handler(String server, String beanName) {
		return this.beans.qualified(server)
			.or(() -> this.single ? this.beans.unqualified(server) : Optional.empty())
			.map((handler) -> (TcpHandler<A>) this.beans.use(handler, beanName))
			.orElseThrow(() -> new NoTcpHandlerException(server));
	}

}
