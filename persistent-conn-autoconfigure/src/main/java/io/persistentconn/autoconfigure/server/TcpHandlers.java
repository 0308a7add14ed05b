package io.persistentconn.autoconfigure.server;

import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;

import io.persistentconn.autoconfigure.beans.EntryBeans;
import io.persistentconn.tcp.TcpHandler;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds the handler of a server: the bean with the server's name as qualifier or, if the
 * server is the only one, the only handler.
 */
final class TcpHandlers {

	private final EntryBeans<?> beans;

	private final Set<String> servers;

	TcpHandlers(ListableBeanFactory beans, Set<String> servers) {
		this.beans = new EntryBeans<>(beans, TcpHandler.class, servers);
		this.servers = servers;
	}

	/**
	 * Finds a handler.
	 * @param server the name of the server
	 * @param beanName the name of the server's bean
	 */
	@SuppressWarnings("unchecked")
	<A extends SocketAddress> TcpHandler<A> handler(String server, String beanName) {
		return this.beans.qualified(server)
			.or(() -> (this.servers.size() == 1) ? this.beans.unqualified(server) : Optional.empty())
			.map((handler) -> (TcpHandler<A>) this.beans.use(handler, beanName))
			.orElseThrow(() -> new NoTcpHandlerException(server));
	}

}
