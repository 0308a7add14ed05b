package io.persistentconn.autoconfigure.testing;

import io.persistentconn.autoconfigure.PersistentConnAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnConnectionsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnServersAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnSubscriptionsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Application contexts with the auto-configurations of this module.
 */
public final class Contexts {

	private Contexts() {
	}

	public static ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PersistentConnAutoConfiguration.class,
					PersistentConnConnectionsAutoConfiguration.class, PersistentConnServersAutoConfiguration.class,
					PersistentConnSubscriptionsAutoConfiguration.class))
			.withPropertyValues(properties);
	}

}
