package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint;
import io.persistentconn.autoconfigure.event.RecentEvents;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code persistentconn}.
 */
@AutoConfiguration(after = PersistentConnEventsAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ PersistentConnections.class, TcpServers.class, ServerStatuses.class, Subscriptions.class })
@ConditionalOnAvailableEndpoint(PersistentConnEndpoint.class)
public final class PersistentConnEndpointAutoConfiguration {

	PersistentConnEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	RecentEvents persistentConnRecentEvents() {
		return new RecentEvents();
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	PersistentConnEndpoint persistentConnEndpoint(PersistentConnections connections, TcpServers servers,
			ServerStatuses statuses, Subscriptions subscriptions, RecentEvents events) {
		return new PersistentConnEndpoint(connections, servers, statuses, subscriptions, events);
	}

}
