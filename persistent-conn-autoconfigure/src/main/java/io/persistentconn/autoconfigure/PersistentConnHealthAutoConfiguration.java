package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.health.PersistentConnHealthContributor;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.concurrent.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of connections, servers and subscriptions. The clock
 * is that of the only {@link TimeSource} bean, if there is one.
 */
@AutoConfiguration(after = PersistentConnEventsAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ PersistentConnections.class, ServerStatuses.class, Subscriptions.class })
@ConditionalOnEnabledHealthIndicator("persistentconn")
public final class PersistentConnHealthAutoConfiguration {

	PersistentConnHealthAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = { "persistentConnHealthContributor", "persistentConnHealthIndicator" },
			search = SearchStrategy.CURRENT)
	PersistentConnHealthContributor persistentConnHealthContributor(PersistentConnections connections,
			ServerStatuses servers, Subscriptions subscriptions, PersistentConnProperties properties,
			ObjectProvider<TimeSource> timeSource) {
		return new PersistentConnHealthContributor(connections, servers, subscriptions, properties,
				timeSource.getIfUnique(TimeSource::wallClock)::instant);
	}

}
