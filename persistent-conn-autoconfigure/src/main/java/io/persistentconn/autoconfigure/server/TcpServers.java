package io.persistentconn.autoconfigure.server;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.persistentconn.autoconfigure.beans.NamedBeans;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.TcpServer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The servers of the application by name: those made from properties, and those that the
 * application defines as beans. An RPC server is shown as the TCP server that it stands
 * upon. May be injected anywhere, also into handlers.
 */
public final class TcpServers {

	private static final ResolvableType RPC = ResolvableType.forRawClass(RpcServer.class);

	private final NamedBeans<AsyncCloseable> beans;

	/**
	 * Creates a view of a bean factory.
	 * @param beans has the servers
	 */
	public TcpServers(ListableBeanFactory beans) {
		this.beans = new NamedBeans<>(beans, List.of(TcpServer.class, RpcServer.class), (server) -> tcp(server).name());
	}

	/**
	 * The names of all servers.
	 * @return the names, in alphabetical order
	 */
	public Set<String> names() {
		return this.beans.all().keySet();
	}

	/**
	 * The server of a name.
	 * @param name the name
	 * @return the server, with {@code protocol: rpc} the one below
	 * @throws IllegalArgumentException if there is none
	 */
	public TcpServer<?, ?> get(String name) {
		return tcp(this.beans.get(name));
	}

	/**
	 * The server of a name, with {@code protocol: rpc}.
	 * @param name the name
	 * @return the server
	 * @throws IllegalArgumentException if there is none, or it is of another type
	 */
	public RpcServer<?, ?> rpc(String name) {
		AsyncCloseable server = this.beans.get(name);
		this.beans.checkType(name, RPC);
		return (RpcServer<?, ?>) server;
	}

	/**
	 * All servers.
	 * @return the servers by name, in alphabetical order; of RPC servers, the ones below
	 */
	public Map<String, TcpServer<?, ?>> all() {
		Map<String, TcpServer<?, ?>> servers = new LinkedHashMap<>();
		this.beans.all().forEach((name, server) -> servers.put(name, tcp(server)));
		return Collections.unmodifiableMap(servers);
	}

	/** All servers, as they are. */
	Collection<AsyncCloseable> beans() {
		return this.beans.all().values();
	}

	static TcpServer<?, ?> tcp(AsyncCloseable server) {
		return (server instanceof RpcServer<?, ?> rpc) ? rpc.tcp() : (TcpServer<?, ?>) server;
	}

}
