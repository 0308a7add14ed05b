package io.persistentconn.autoconfigure.connection;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.persistentconn.autoconfigure.beans.EntryBeans;
import io.persistentconn.autoconfigure.netty.EntryLiveness;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.rpc.RpcEndBuilder;
import io.persistentconn.autoconfigure.rpc.RpcEnds;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.connection.Connector;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.PersistentConnectionBuilder;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.versioned.RpcConnectors;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.WhereToConnect;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Makes persistent connections of properties. They are not started yet.
 */
public final class PersistentConnectionFactory {

	private final Map<String, ConnectionProperties> connections;

	private final NettyTransport transport;

	private final TcpClient client;

	private final RetryDelays retryDelays;

	private final ConnectionAddresses addresses;

	private final Iterable<ConnectOptionsCustomizer> optionsCustomizers;

	private final RpcEnds rpcEnds;

	private final Iterable<RpcConnectionCustomizer> rpcCustomizers;

	private final Iterable<PersistentConnectionCustomizer> customizers;

	/**
	 * Creates a factory.
	 * @param properties describe the connections
	 * @param transport what the connections run on
	 * @param client connects
	 * @param beans have the address sources, the retry delays, what RPCs are implemented,
	 * and the customizers
	 */
	public PersistentConnectionFactory(PersistentConnProperties properties, NettyTransport transport, TcpClient client,
			ListableBeanFactory beans) {
		this.connections = properties.connections();
		this.transport = transport;
		this.client = client;
		this.retryDelays = new RetryDelays(new EntryBeans<>(beans, RetryDelay.class, this.connections.keySet()));
		this.addresses = new ConnectionAddresses(
				() -> beans.getBeanProvider(AddressSource.class).orderedStream().iterator());
		this.optionsCustomizers = () -> beans.getBeanProvider(ConnectOptionsCustomizer.class)
			.orderedStream()
			.iterator();
		this.rpcEnds = new RpcEnds(properties, beans);
		this.rpcCustomizers = () -> beans.getBeanProvider(RpcConnectionCustomizer.class).orderedStream().iterator();
		this.customizers = () -> beans.getBeanProvider(PersistentConnectionCustomizer.class).orderedStream().iterator();
	}

	/**
	 * Makes a connection.
	 * @param name the name of the connection
	 * @return the connection, of the type that {@link ConnectionDefinitions} says
	 */
	public PersistentConnection<?> connection(String name) {
		ConnectionProperties properties = Objects.requireNonNull(this.connections.get(name));
		ConnectOptions options = options(name, properties);
		return switch (properties.protocol()) {
			case TCP -> build(name, properties,
					(context, address) -> this.client.connect(address, options.withInterrupt(context.interrupt())));
			case RPC -> build(name, properties, RpcConnectors.over(rpcClient(name), Function.identity(), options));
		};
	}

	private RpcClient rpcClient(String name) {
		RpcEndBuilder end = this.rpcEnds.connection(name, ConnectionDefinitions.KIND.beanName(name));
		this.rpcCustomizers.forEach((customizer) -> customizer.customize(name, end));
		return RpcClient.over(this.client).withOptions(end.build());
	}

	private <C extends AsyncCloseable> PersistentConnection<C> build(String name, ConnectionProperties properties,
			Connector<WhereToConnect<?>, C> connector) {
		PersistentConnectionBuilder<WhereToConnect<?>, C> builder = PersistentConnection
			.<WhereToConnect<?>, C>builder(name, connector)
			.addresses(this.addresses.addresses(name, properties))
			.retryDelay(this.retryDelays.retryDelay(name, ConnectionDefinitions.KIND.beanName(name), properties))
			.initialSpread(properties.initialSpread())
			.timeSource(new EventLoopTimeSource(this.transport.next()));
		this.customizers.forEach((customizer) -> customizer.customize(name, builder));
		return builder.build();
	}

	private ConnectOptions options(String name, ConnectionProperties properties) {
		ConnectOptions options = ConnectOptions.defaults()
			.withTimeout(properties.connectTimeout())
			.withReaderBufferSize((int) properties.readerBufferSize().toBytes())
			.withWriterBufferSize((int) properties.writerBufferSize().toBytes())
			.withBufferAgeLimit(properties.bufferAgeLimit())
			.withLiveness(new EntryLiveness(this.transport).of(PersistentConnProperties.PREFIX + ".connections." + name,
					properties.keepAlive(), properties.userTimeout(), properties.readIdleTimeout()));
		for (ConnectOptionsCustomizer customizer : this.optionsCustomizers) {
			options = customizer.customize(name, options);
		}
		return options;
	}

}
