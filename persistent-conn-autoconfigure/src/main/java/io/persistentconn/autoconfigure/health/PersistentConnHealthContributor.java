package io.persistentconn.autoconfigure.health;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.SubscriptionProperties;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of all connections, servers and durable subscriptions:
 * {@code connections.<name>}, {@code servers.<name>} and {@code subscriptions.<name>}. It
 * says what is known already, and asks nobody.
 * <p>
 * It is no part of liveness, for a restart does not bring a lost peer back. An
 * application that cannot serve without its connections lets it take part in readiness:
 * {@code management.endpoint.health.group.readiness.include=readinessState,persistentConn}.
 */
public final class PersistentConnHealthContributor implements CompositeHealthContributor {

	private final PersistentConnections connections;

	private final ServerStatuses servers;

	private final Subscriptions subscriptions;

	private final PersistentConnProperties properties;

	private final InstantSource clock;

	private final CompositeHealthContributor parts;

	/**
	 * Creates the contributor.
	 * @param connections the connections
	 * @param servers the servers
	 * @param subscriptions the subscriptions
	 * @param properties say what is shown, what is required, and the grace periods
	 * @param clock the clock of the connections, which the grace periods are measured by
	 */
	public PersistentConnHealthContributor(PersistentConnections connections, ServerStatuses servers,
			Subscriptions subscriptions, PersistentConnProperties properties, InstantSource clock) {
		this.connections = connections;
		this.servers = servers;
		this.subscriptions = subscriptions;
		this.properties = properties;
		this.clock = clock;
		this.parts = CompositeHealthContributor
			.fromMap(Map.of("connections", new NamedIndicators(this::connections), "servers",
					new NamedIndicators(this::servers), "subscriptions", new NamedIndicators(this::subscriptions)));
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.parts.getContributor(name);
	}

	@Override
	public Stream<Entry> stream() {
		return this.parts.stream();
	}

	private Map<String, HealthIndicator> connections() {
		Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
		this.connections.all().forEach((name, connection) -> {
			ConnectionProperties.Health health = health(name);
			if (health.include()) {
				indicators.put(name, new ConnectionHealthIndicator(connection, health, this.clock));
			}
		});
		return indicators;
	}

	private Map<String, HealthIndicator> servers() {
		Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
		this.servers.all().forEach((name, status) -> indicators.put(name, new ServerHealthIndicator(status)));
		return indicators;
	}

	private Map<String, HealthIndicator> subscriptions() {
		Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
		this.subscriptions.all().forEach((name, subscription) -> {
			SubscriptionProperties.Health health = this.properties.subscription(name).health();
			if (health.include()) {
				indicators.put(name, new SubscriptionHealthIndicator(subscription, health, this.clock));
			}
		});
		return indicators;
	}

	private ConnectionProperties.Health health(String name) {
		return this.properties.connections().getOrDefault(name, this.properties.defaults().connection()).health();
	}

}
