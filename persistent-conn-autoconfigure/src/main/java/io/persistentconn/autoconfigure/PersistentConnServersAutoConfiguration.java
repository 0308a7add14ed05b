package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.beans.EntryDefinitions;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.server.ServerDefinitions;
import io.persistentconn.autoconfigure.server.ServersLifecycle;
import io.persistentconn.autoconfigure.server.TcpServerDrainListener;
import io.persistentconn.autoconfigure.server.ServerFactory;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.service.RpcServicesCheck;
import io.persistentconn.autoconfigure.service.ServiceExecutor;
import io.persistentconn.tcp.NettyTransport;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of one server for each entry of {@code persistent-conn.servers}.
 */
@AutoConfiguration(after = PersistentConnAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "persistent-conn.enabled", matchIfMissing = true)
public final class PersistentConnServersAutoConfiguration {

	PersistentConnServersAutoConfiguration() {
	}

	@Bean
	static EntryDefinitions persistentConnServerDefinitions(Environment environment) {
		return new EntryDefinitions(environment, ServerDefinitions.KIND);
	}

	@Bean(ServerDefinitions.FACTORY_BEAN)
	@Lazy
	ServerFactory persistentConnServerFactory(PersistentConnProperties properties, NettyTransport transport,
			ListableBeanFactory beans) {
		return new ServerFactory(properties, transport, beans);
	}

	@Bean
	@Lazy
	ServiceExecutor persistentConnServiceExecutor(BeanFactory beans, Environment environment) {
		return new ServiceExecutor(beans, environment);
	}

	@Bean
	RpcServicesCheck persistentConnRpcServicesCheck(PersistentConnProperties properties, ListableBeanFactory beans) {
		return new RpcServicesCheck(properties, beans);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	TcpServers tcpServers(ListableBeanFactory beans) {
		return new TcpServers(beans);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ServersLifecycle persistentConnServersLifecycle(TcpServers servers, PersistentConnProperties properties,
			Environment environment, ObjectProvider<TcpServerDrainListener> drainListeners) {
		return new ServersLifecycle(servers, properties, environment, () -> drainListeners.orderedStream().iterator());
	}

}
