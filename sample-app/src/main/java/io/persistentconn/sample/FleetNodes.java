package io.persistentconn.sample;

import java.util.LinkedHashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.connection.ConnectContext;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.Liveness;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.WhereToConnect;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/**
 * Makes one persistent connection for each of {@code fleet.nodes}. They are beans, so
 * Spring Boot starts and stops them, and health, meters and events know them.
 * <p>
 * Connections that are known beforehand need no code: they are entries below
 * {@code persistent-conn.connections}.
 */
class FleetNodes implements BeanRegistrar {

	private static final ParameterizedTypeReference<PersistentConnection<VitalsFeed>> TYPE = new ParameterizedTypeReference<>() {
	};

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		FleetProperties fleet = Binder.get(environment).bind("fleet", FleetProperties.class).get();
		for (String node : new LinkedHashSet<>(fleet.nodes())) {
			WhereToConnect<?> where = WhereToConnect.hostAndPort(parse(node));
			registry.registerBean(node, TYPE,
					(bean) -> bean.supplier((beans) -> connection(node, where, fleet, beans)));
		}
	}

	private static HostAndPort parse(String node) {
		try {
			return HostAndPort.parse(node);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("fleet.nodes", node, ex.getMessage());
		}
	}

	private static PersistentConnection<VitalsFeed> connection(String node, WhereToConnect<?> where,
			FleetProperties fleet, SupplierContext beans) {
		TcpClient client = beans.bean(TcpClient.class);
		ObjectReader json = beans.bean(JsonMapper.class).readerFor(Vitals.class);
		ConnectOptions options = ConnectOptions.defaults()
			.withLiveness(Liveness.none().withReadIdleTimeout(fleet.silence()));
		return PersistentConnection
			.<WhereToConnect<?>, VitalsFeed>builder(node,
					(context, address) -> connect(client, address, options, context, json))
			.address(() -> CompletableFuture.completedFuture(where))
			.retryDelay(RetryDelay.constant(fleet.retryDelay()))
			.timeSource(new EventLoopTimeSource(beans.bean(NettyTransport.class).next()))
			.build();
	}

	/** One attempt: it takes a connection and the first vitals. */
	private static CompletionStage<VitalsFeed> connect(TcpClient client, WhereToConnect<?> where,
			ConnectOptions options, ConnectContext context, ObjectReader json) {
		return client.connect(where, options.withInterrupt(context.interrupt())).thenCompose((connection) -> {
			context.interrupt().thenRun(connection::closeByForce);
			return VitalsFeed.open(connection, json);
		});
	}

}
