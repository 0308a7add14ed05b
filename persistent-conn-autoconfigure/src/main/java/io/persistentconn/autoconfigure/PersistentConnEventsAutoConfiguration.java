package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.event.PersistentConnEventPublisher;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatuses;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of events about connections and servers, and of what is known of
 * servers from theirs.
 */
@AutoConfiguration(
		after = { PersistentConnConnectionsAutoConfiguration.class, PersistentConnServersAutoConfiguration.class })
@ConditionalOnBean({ PersistentConnections.class, TcpServers.class })
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
			ApplicationEventPublisher publisher) {
		return new PersistentConnEventPublisher(connections, servers, publisher);
	}

}
