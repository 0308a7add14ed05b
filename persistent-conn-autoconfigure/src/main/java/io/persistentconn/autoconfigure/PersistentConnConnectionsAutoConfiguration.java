package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.beans.EntryDefinitions;
import io.persistentconn.autoconfigure.client.RpcClientFactory;
import io.persistentconn.autoconfigure.connection.ConnectionDefinitions;
import io.persistentconn.autoconfigure.connection.ConnectionsLifecycle;
import io.persistentconn.autoconfigure.connection.PersistentConnectionFactory;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of one persistent connection for each entry of
 * {@code persistent-conn.connections}.
 */
@AutoConfiguration(after = PersistentConnAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "persistent-conn.enabled", matchIfMissing = true)
public final class PersistentConnConnectionsAutoConfiguration {

	PersistentConnConnectionsAutoConfiguration() {
	}

	@Bean
	static EntryDefinitions persistentConnConnectionDefinitions(Environment environment) {
		return new EntryDefinitions(environment, ConnectionDefinitions.KIND);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	TcpClient persistentConnTcpClient(NettyTransport transport) {
		return TcpClient.over(transport);
	}

	@Bean(ConnectionDefinitions.FACTORY_BEAN)
	@Lazy
	PersistentConnectionFactory persistentConnConnectionFactory(PersistentConnProperties properties,
			NettyTransport transport, TcpClient client, ListableBeanFactory beans) {
		return new PersistentConnectionFactory(properties, transport, client, beans);
	}

	@Bean(RpcClientFactory.BEAN)
	@Lazy
	RpcClientFactory persistentConnRpcClientFactory(PersistentConnProperties properties,
			PersistentConnections connections, ListableBeanFactory beans) {
		return new RpcClientFactory(properties, connections, beans);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	PersistentConnections persistentConnections(ListableBeanFactory beans) {
		return new PersistentConnections(beans);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ConnectionsLifecycle persistentConnConnectionsLifecycle(PersistentConnections connections,
			PersistentConnProperties properties) {
		return new ConnectionsLifecycle(connections, properties);
	}

}
