package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.event.PersistentConnEventPublisher;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of events about connections, servers and subscriptions, and of what
 * is known of servers from theirs.
 */
@AutoConfiguration(after = PersistentConnSubscriptionsAutoConfiguration.class)
@ConditionalOnBean({ PersistentConnections.class, TcpServers.class, Subscriptions.class })
public final class PersistentConnEventsAutoConfiguration {

	PersistentConnEventsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ServerStatuses persistentConnServerStatuses(TcpServers servers) {
		return new ServerStatuses(servers);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	PersistentConnEventPublisher persistentConnEventPublisher(PersistentConnections connections, TcpServers servers,
			Subscriptions subscriptions, ApplicationEventPublisher publisher) {
		return new PersistentConnEventPublisher(connections, servers, subscriptions, publisher);
	}

}
