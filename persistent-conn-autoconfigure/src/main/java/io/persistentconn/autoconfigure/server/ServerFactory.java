package io.persistentconn.autoconfigure.server;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import io.persistentconn.autoconfigure.netty.EntryLiveness;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.Protocol;
import io.persistentconn.autoconfigure.properties.ServerProperties;
import io.persistentconn.autoconfigure.rpc.RpcEndBuilder;
import io.persistentconn.autoconfigure.rpc.RpcEnds;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.HandlerErrorPolicy;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpServerBuilder;
import io.persistentconn.tcp.WhereToListen;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Makes servers of properties. They do not listen yet.
 */
public final class ServerFactory {

	private final Map<String, ServerProperties> servers;

	private final NettyTransport transport;

	private final TcpHandlers handlers;

	private final Iterable<TcpServerCustomizer> customizers;

	private final RpcEnds rpcEnds;

	private final Iterable<RpcServerCustomizer> rpcCustomizers;

	/**
	 * Creates a factory.
	 * @param properties describe the servers
	 * @param transport what the servers run on
	 * @param beans have the handlers, what RPCs are implemented, and the customizers
	 */
	public ServerFactory(PersistentConnProperties properties, NettyTransport transport, ListableBeanFactory beans) {
		this.servers = properties.servers();
		this.transport = transport;
		this.handlers = new TcpHandlers(beans, this.servers);
		this.customizers = () -> beans.getBeanProvider(TcpServerCustomizer.class).orderedStream().iterator();
		this.rpcEnds = new RpcEnds(properties, beans);
		this.rpcCustomizers = () -> beans.getBeanProvider(RpcServerCustomizer.class).orderedStream().iterator();
	}

	/**
	 * Makes a server.
	 * @param name the name of the server
	 * @return the server, of the type that {@link ServerDefinitions} says
	 * @throws NoTcpHandlerException if there is no handler for it
	 */
	public AsyncCloseable server(String name) {
		ServerProperties properties = Objects.requireNonNull(this.servers.get(name));
		Path unixSocket = properties.unixSocket();
		if (unixSocket != null) {
			return server(name, WhereToListen.unix(unixSocket), properties);
		}
		BindToAddress address = (properties.address() != null) ? BindToAddress.address(properties.address())
				: BindToAddress.allAddresses();
		BindToPort port = BindToPort.onPort(Objects.requireNonNull(properties.port()));
		return server(name, WhereToListen.inet(address, port), properties);
	}

	private <A extends SocketAddress, L> AsyncCloseable server(String name, WhereToListen<A, L> where,
			ServerProperties properties) {
		TcpServerBuilder<A, L> builder = TcpServer.builder(where).name(name).transport(this.transport);
		apply(name, properties, builder);
		this.customizers.forEach((customizer) -> customizer.customize(name, builder));
		String beanName = ServerDefinitions.KIND.beanName(name);
		return switch (properties.protocol()) {
			case TCP -> builder.build(this.handlers.<A>handler(name, beanName));
			case RPC -> RpcServer.over(builder, rpcOptions(name));
		};
	}

	/**
	 * Tells what an RPC server offers, and how it holds its connections: what the
	 * properties, the services, the beans of implementations and interceptors and the
	 * customizers say. For a server that the application makes itself instead of that of
	 * the entry.
	 * @param name the name of an entry with {@code protocol: rpc}
	 * @return the options
	 * @throws IllegalArgumentException if there is no such entry
	 */
	public RpcOptions rpcOptions(String name) {
		ServerProperties entry = this.servers.get(name);
		if (entry == null || entry.protocol() != Protocol.RPC) {
			throw new IllegalArgumentException("name: \"" + name
					+ "\" (expected: that of an entry of persistent-conn.servers with protocol: rpc)");
		}
		RpcEndBuilder end = this.rpcEnds.server(name, ServerDefinitions.KIND.beanName(name));
		this.rpcCustomizers.forEach((customizer) -> customizer.customize(name, end));
		return end.build();
	}

	private void apply(String name, ServerProperties properties, TcpServerBuilder<?, ?> builder) {
		builder.backlog(properties.backlog())
			.maxAcceptsPerBatch(properties.maxAcceptsPerBatch())
			.dropIncomingConnections(properties.dropIncomingConnections())
			.overload(properties.overload())
			.reuseAddress(properties.reuseAddress())
			.bufferAgeLimit(properties.bufferAgeLimit())
			.readerBufferSize((int) properties.readerBufferSize().toBytes())
			.writerBufferSize((int) properties.writerBufferSize().toBytes())
			.liveness(new EntryLiveness(this.transport).of(PersistentConnProperties.PREFIX + ".servers." + name,
					properties.keepAlive(), properties.userTimeout(), properties.readIdleTimeout()));
		if (properties.maxConnections() != null) {
			builder.maxConnections(properties.maxConnections());
		}
		switch (properties.onHandlerError()) {
			case RAISE -> builder.onHandlerError(HandlerErrorPolicy.raise());
			case IGNORE -> builder.onHandlerError(HandlerErrorPolicy.ignore());
			case CALL -> {
				// The server logs the error and tells its listeners by itself.
			}
		}
	}

}
