package io.persistentconn.autoconfigure.server;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.persistentconn.autoconfigure.beans.EntryDefinitions.Kind;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.ServerProperties;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.TcpServer;

import org.springframework.core.ResolvableType;

/**
 * What the beans of servers are called, and their types.
 */
public final class ServerDefinitions {

	/** The name of the bean that is a {@link ServerFactory}. */
	public static final String FACTORY_BEAN = "persistentConnServerFactory";

	/**
	 * One {@link TcpServer} or {@link RpcServer} for each entry, such as
	 * {@code quotesServer}.
	 */
	public static final Kind KIND = new Kind("Server", FACTORY_BEAN, "server", ServerDefinitions::types);

	private ServerDefinitions() {
	}

	private static Map<String, ResolvableType> types(PersistentConnProperties properties) {
		Map<String, ResolvableType> types = new LinkedHashMap<>();
		properties.servers().forEach((name, server) -> types.put(name, type(server)));
		return types;
	}

	private static ResolvableType type(ServerProperties server) {
		Class<?> type = switch (server.protocol()) {
			case TCP -> TcpServer.class;
			case RPC -> RpcServer.class;
		};
		return (server.unixSocket() != null)
				? ResolvableType.forClassWithGenerics(type, UnixDomainSocketAddress.class, Path.class)
				: ResolvableType.forClassWithGenerics(type, InetSocketAddress.class, Integer.class);
	}

}
