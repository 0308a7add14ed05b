package io.persistentconn.autoconfigure.server;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.persistentconn.autoconfigure.beans.EntryDefinitions.Kind;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.tcp.TcpServer;

import org.springframework.core.ResolvableType;

/**
 * What the beans of servers are called, and their types.
 */
public final class ServerDefinitions {

	/** The name of the bean that is a {@link TcpServerFactory}. */
	public static final String FACTORY_BEAN = "persistentConnTcpServerFactory";

	/** One {@link TcpServer} for each entry, such as {@code quotesServer}. */
	public static final Kind KIND = new Kind("Server", FACTORY_BEAN, "server", ServerDefinitions::types);

	private ServerDefinitions() {
	}

	private static Map<String, ResolvableType> types(PersistentConnProperties properties) {
		Map<String, ResolvableType> types = new LinkedHashMap<>();
		properties.servers()
			.forEach((name, server) -> types.put(name, (server.unixSocket() != null)
					? ResolvableType.forClassWithGenerics(TcpServer.class, UnixDomainSocketAddress.class, Path.class)
					: ResolvableType.forClassWithGenerics(TcpServer.class, InetSocketAddress.class, Integer.class)));
		return types;
	}

}
