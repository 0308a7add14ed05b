package io.persistentconn.autoconfigure;

import io.persistentconn.autoconfigure.netty.NettyCustomizer;
import io.persistentconn.autoconfigure.netty.NettyTransportBuilder;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnPropertiesBinder;
import io.persistentconn.tcp.NettyTransport;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what connections and servers share: the properties and the
 * transport. Everything of this library is off with
 * {@code persistent-conn.enabled=false}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "persistent-conn.enabled", matchIfMissing = true)
public final class PersistentConnAutoConfiguration {

	PersistentConnAutoConfiguration() {
	}

	@Bean
	static PersistentConnProperties persistentConnProperties(Environment environment) {
		return PersistentConnPropertiesBinder.bind(environment);
	}

	@Bean(destroyMethod = "closeAsync")
	@Lazy // Without connections and servers there is no need for event loops.
	@ConditionalOnMissingBean
	NettyTransport persistentConnNettyTransport(PersistentConnProperties properties,
			ObjectProvider<NettyCustomizer> customizers) {
		NettyTransportBuilder builder = new NettyTransportBuilder().transport(properties.netty().transport())
			.threads(properties.netty().eventLoopThreads());
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		try {
			return builder.build();
		}
		catch (IllegalStateException ex) {
			throw new InvalidConfigurationPropertyValueException("persistent-conn.netty.transport",
					properties.netty().transport(), ex.getMessage());
		}
	}

}
