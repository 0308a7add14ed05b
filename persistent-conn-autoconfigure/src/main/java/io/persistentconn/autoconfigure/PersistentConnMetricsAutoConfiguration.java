package io.persistentconn.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.metrics.ConnectionMeters;
import io.persistentconn.autoconfigure.metrics.ServerMeters;
import io.persistentconn.autoconfigure.metrics.SubscriptionMeters;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.subscription.Subscriptions;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of connections, servers and subscriptions.
 */
@AutoConfiguration(after = PersistentConnSubscriptionsAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, PersistentConnections.class, TcpServers.class, Subscriptions.class })
public final class PersistentConnMetricsAutoConfiguration {

	PersistentConnMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ConnectionMeters persistentConnConnectionMeters(PersistentConnections connections) {
		return new ConnectionMeters(connections);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ServerMeters persistentConnServerMeters(TcpServers servers) {
		return new ServerMeters(servers);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	SubscriptionMeters persistentConnSubscriptionMeters(Subscriptions subscriptions) {
		return new SubscriptionMeters(subscriptions);
	}

}
