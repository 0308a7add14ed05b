package io.persistentconn.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.connection.RpcConnectionCustomizer;
import io.persistentconn.autoconfigure.observation.RpcObservations;
import io.persistentconn.autoconfigure.server.RpcServerCustomizer;
import io.persistentconn.autoconfigure.server.TcpServers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the observation of RPC calls, around all other interceptors.
 */
@AutoConfiguration(
		after = { PersistentConnConnectionsAutoConfiguration.class, PersistentConnServersAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, PersistentConnections.class, TcpServers.class })
public final class PersistentConnObservationAutoConfiguration {

	PersistentConnObservationAutoConfiguration() {
	}

	@Bean
	RpcConnectionCustomizer persistentConnConnectionObservations(ObservationRegistry registry) {
		return (name, end) -> end.interceptors().add(0, new RpcObservations(registry, name));
	}

	@Bean
	RpcServerCustomizer persistentConnServerObservations(ObservationRegistry registry) {
		return (name, end) -> end.interceptors().add(0, new RpcObservations(registry, name));
	}

}
