package io.persistentconn.autoconfigure.connection;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.persistentconn.autoconfigure.beans.NamedBeans;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.TcpConnection;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The persistent connections of the application by name: those made from properties, and
 * those that the application defines as beans. May be injected anywhere, also into what
 * the connections need.
 */
public final class PersistentConnections {

	private final NamedBeans<PersistentConnection<?>> beans;

	/**
	 * Creates a view of a bean factory.
	 * @param beans has the connections
	 */
	@SuppressWarnings("unchecked")
	public PersistentConnections(ListableBeanFactory beans) {
		Class<?> type = PersistentConnection.class;
		this.beans = new NamedBeans<>(beans, List.of((Class<PersistentConnection<?>>) type),
				PersistentConnection::name);
	}

	/**
	 * The names of all connections.
	 * @return the names, in alphabetical order
	 */
	public Set<String> names() {
		return all().keySet();
	}

	/**
	 * The connection of a name.
	 * @param name the name
	 * @return the connection
	 * @throws IllegalArgumentException if there is none
	 */
	public PersistentConnection<?> get(String name) {
		return this.beans.get(name);
	}

	/**
	 * The connection of a name, with {@code protocol: tcp}.
	 * @param name the name
	 * @return the connection
	 * @throws IllegalArgumentException if there is none, or it is of another type
	 */
	@SuppressWarnings("unchecked")
	public PersistentConnection<TcpConnection<?>> tcp(String name) {
		PersistentConnection<?> connection = get(name);
		this.beans.checkType(name, ConnectionDefinitions.TCP);
		return (PersistentConnection<TcpConnection<?>>) connection;
	}

	/**
	 * The connection of a name, with {@code protocol: rpc}.
	 * @param name the name
	 * @return the connection
	 * @throws IllegalArgumentException if there is none, or it is of another type
	 */
	@SuppressWarnings("unchecked")
	public PersistentConnection<RpcConnection> rpc(String name) {
		PersistentConnection<?> connection = get(name);
		this.beans.checkType(name, ConnectionDefinitions.RPC);
		return (PersistentConnection<RpcConnection>) connection;
	}

	/**
	 * All connections.
	 * @return the connections by name, in alphabetical order
	 */
	public Map<String, PersistentConnection<?>> all() {
		return this.beans.all();
	}

}
