package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.subscription.Subscribers;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.autoconfigure.subscription.SubscriptionsLifecycle;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of durable subscriptions: the registry, and those of annotated
 * methods.
 */
@AutoConfiguration(
		after = { PersistentConnConnectionsAutoConfiguration.class, PersistentConnServersAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "persistent-conn.enabled", matchIfMissing = true)
public final class PersistentConnSubscriptionsAutoConfiguration {

	PersistentConnSubscriptionsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	Subscriptions persistentConnSubscriptions(PersistentConnections connections, PersistentConnProperties properties) {
		return new Subscriptions(connections, properties);
	}

	@Bean
	Subscribers persistentConnSubscribers(ConfigurableListableBeanFactory beans, Environment environment,
			PersistentConnProperties properties, Subscriptions subscriptions) {
		return new Subscribers(beans, environment, properties, subscriptions);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	SubscriptionsLifecycle persistentConnSubscriptionsLifecycle(Subscribers subscribers) {
		return new SubscriptionsLifecycle(subscribers);
	}

}
