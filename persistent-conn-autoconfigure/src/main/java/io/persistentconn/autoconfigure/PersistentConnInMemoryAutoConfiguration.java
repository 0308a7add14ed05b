package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.test.AutoConfigureInMemoryConnections;
import io.persistentconn.autoconfigure.test.InMemoryAddresses;
import io.persistentconn.autoconfigure.test.InMemoryConnectionsLifecycle;
import io.persistentconn.autoconfigure.test.InMemoryServersLifecycle;
import io.persistentconn.tcp.NettyTransport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration, for tests with {@link AutoConfigureInMemoryConnections} only, of
 * connections within the process.
 */
@AutoConfiguration(before = PersistentConnAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "persistent-conn.enabled", matchIfMissing = true)
public final class PersistentConnInMemoryAutoConfiguration {

	PersistentConnInMemoryAutoConfiguration() {
	}

	@Bean(destroyMethod = "closeAsync")
	@Lazy
	@Primary
	NettyTransport persistentConnInMemoryTransport(PersistentConnProperties properties) {
		return NettyTransport.memory(properties.netty().eventLoopThreads(), "persistent-conn");
	}

	@Bean
	InMemoryAddresses persistentConnInMemoryAddresses(TcpServers servers) {
		return new InMemoryAddresses(servers);
	}

	@Bean
	InMemoryServersLifecycle persistentConnInMemoryServersLifecycle(InMemoryAddresses addresses, TcpServers servers,
			PersistentConnections connections, PersistentConnProperties properties) {
		return new InMemoryServersLifecycle(addresses, servers, connections, properties);
	}

	@Bean
	InMemoryConnectionsLifecycle persistentConnInMemoryConnectionsLifecycle(InMemoryAddresses addresses,
			PersistentConnections connections, PersistentConnProperties properties) {
		return new InMemoryConnectionsLifecycle(addresses, connections, properties);
	}

}
