package io.persistentconn.autoconfigure.server;

import java.util.Map;
import java.util.Set;

import io.persistentconn.autoconfigure.beans.NamedBeans;
import io.persistentconn.tcp.TcpServer;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The TCP servers of the application by name: those made from properties, and those that
 * the application defines as beans. May be injected anywhere, also into handlers.
 */
public final class TcpServers {

	private final NamedBeans<TcpServer<?, ?>> beans;

	/**
	 * Creates a view of a bean factory.
	 * @param beans has the servers
	 */
	@SuppressWarnings("unchecked")
	public TcpServers(ListableBeanFactory beans) {
		Class<?> type = TcpServer.class;
		this.beans = new NamedBeans<>(beans, (Class<TcpServer<?, ?>>) type, TcpServer::name);
	}

	/**
	 * The names of all servers.
	 * @return the names, in alphabetical order
	 */
	public Set<String> names() {
		return all().keySet();
	}

	/**
	 * The server of a name.
	 * @param name the name
	 * @return the server
	 * @throws IllegalArgumentException if there is none
	 */
	public TcpServer<?, ?> get(String name) {
		return this.beans.get(name);
	}

	/**
	 * All servers.
	 * @return the servers by name, in alphabetical order
	 */
	public Map<String, TcpServer<?, ?>> all() {
		return this.beans.all();
	}

}
