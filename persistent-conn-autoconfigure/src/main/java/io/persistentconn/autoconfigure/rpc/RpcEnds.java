package io.persistentconn.autoconfigure.rpc;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.persistentconn.autoconfigure.beans.EntryBeans;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.HeartbeatProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.Protocol;
import io.persistentconn.autoconfigure.properties.ServerProperties;
import io.persistentconn.autoconfigure.service.RpcServices;
import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.RpcInterceptor;
import io.persistentconn.rpc.RpcOptions;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.unit.DataSize;

/**
 * Translates the properties of RPC servers and connections, and finds the
 * {@link Implementation} and {@link RpcInterceptor} beans that are meant for them.
 * <p>
 * A bean with the name of an RPC server as qualifier or bean name is for that server, one
 * with the name of an RPC connection only is for that connection, and any other is for
 * all RPC servers. Annotated services say themselves for which servers they are.
 * Interceptors are for all servers and connections.
 */
public final class RpcEnds {

	private final PersistentConnProperties properties;

	private final Set<String> servers = new HashSet<>();

	private final EntryBeans<Implementation> beans;

	private final Supplier<List<RpcInterceptor>> interceptors;

	private final RpcServices services;

	/**
	 * Creates a translation.
	 * @param properties describe the servers and connections
	 * @param beans have the implementations, services and interceptors
	 */
	public RpcEnds(PersistentConnProperties properties, ListableBeanFactory beans) {
		this.properties = properties;
		Set<String> entries = new HashSet<>();
		properties.servers().forEach((name, server) -> {
			if (server.protocol() == Protocol.RPC) {
				this.servers.add(name);
			}
		});
		properties.connections().forEach((name, connection) -> {
			if (connection.protocol() == Protocol.RPC) {
				entries.add(name);
			}
		});
		entries.addAll(this.servers);
		this.beans = new EntryBeans<>(beans, Implementation.class, entries);
		this.interceptors = () -> beans.getBeanProvider(RpcInterceptor.class).orderedStream().toList();
		this.services = new RpcServices(beans);
	}

	/**
	 * Begins to build the end of a server.
	 * @param name the name of the server
	 * @param beanName the name of its bean
	 * @return has the implementations, and what the properties say
	 */
	public RpcEndBuilder server(String name, String beanName) {
		ServerProperties server = Objects.requireNonNull(this.properties.servers().get(name));
		return builder("The server '" + name + "'",
				Stream.concat(this.beans.allQualified(name).stream(), this.beans.allUnqualified().stream()), beanName,
				this.services.implementations(name, beanName))
			.options((options) -> apply(options, server.handshakeTimeout(), server.maxMessageSize(),
					server.heartbeat()));
	}

	/**
	 * Begins to build the end of a connection.
	 * @param name the name of the connection
	 * @param beanName the name of its bean
	 * @return has the implementations, and what the properties say
	 */
	public RpcEndBuilder connection(String name, String beanName) {
		ConnectionProperties connection = Objects.requireNonNull(this.properties.connections().get(name));
		String identification = connection.identification();
		List<String> qualified = this.servers.contains(name) ? List.of() : this.beans.allQualified(name);
		return builder("The connection '" + name + "'", qualified.stream(), beanName, Map.of())
			.options((options) -> apply(options, connection.handshakeTimeout(), connection.maxMessageSize(),
					connection.heartbeat()))
			.options((options) -> options.withCallTimeout(connection.calls().timeout()))
			.options((options) -> (identification != null) ? options.withIdentification(identification) : options);
	}

	private RpcEndBuilder builder(String end, Stream<String> beanNames, String user,
			Map<String, Implementation> services) {
		Map<String, Implementation> implementations = new LinkedHashMap<>();
		beanNames.forEach((bean) -> implementations.put(bean, this.beans.use(bean, user)));
		implementations.putAll(services);
		return new RpcEndBuilder(end, implementations, this.interceptors.get());
	}

	private static RpcOptions apply(RpcOptions options, Duration handshakeTimeout, DataSize maxMessageSize,
			HeartbeatProperties heartbeat) {
		return options.withHandshakeTimeout(handshakeTimeout)
			.withMaxMessageSize((int) maxMessageSize.toBytes())
			.withHeartbeat(new Heartbeat(heartbeat.sendEvery(), heartbeat.timeout(), heartbeat.style()));
	}

}
