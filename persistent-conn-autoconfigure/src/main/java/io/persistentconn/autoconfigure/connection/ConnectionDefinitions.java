package io.persistentconn.autoconfigure.connection;

import java.util.LinkedHashMap;
import java.util.Map;

import io.persistentconn.autoconfigure.beans.EntryDefinitions.Kind;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.Protocol;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.TcpConnection;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * What the beans of connections are called, and their types.
 */
public final class ConnectionDefinitions {

	static final ResolvableType TCP = ResolvableType
		.forType(new ParameterizedTypeReference<PersistentConnection<TcpConnection<?>>>() {
		});

	static final ResolvableType RPC = ResolvableType.forClassWithGenerics(PersistentConnection.class,
			RpcConnection.class);

	/** The name of the bean that is a {@link PersistentConnectionFactory}. */
	public static final String FACTORY_BEAN = "persistentConnConnectionFactory";

	/**
	 * One {@link PersistentConnection} for each entry, such as {@code quotesConnection}.
	 */
	public static final Kind KIND = new Kind("Connection", FACTORY_BEAN, "connection", ConnectionDefinitions::types);

	private ConnectionDefinitions() {
	}

	private static Map<String, ResolvableType> types(PersistentConnProperties properties) {
		Map<String, ResolvableType> types = new LinkedHashMap<>();
		properties.connections().forEach((name, connection) -> types.put(name, type(connection.protocol())));
		return types;
	}

	private static ResolvableType type(Protocol protocol) {
		return switch (protocol) {
			case TCP -> TCP;
			case RPC -> RPC;
		};
	}

}
