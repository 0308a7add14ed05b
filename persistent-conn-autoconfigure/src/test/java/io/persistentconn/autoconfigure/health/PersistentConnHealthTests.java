package io.persistentconn.autoconfigure.health;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.persistentconn.autoconfigure.PersistentConnEventsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnHealthAutoConfiguration;
import io.persistentconn.autoconfigure.status.ServerStatus;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PersistentConnHealthTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = Contexts.runner()
		.withConfiguration(AutoConfigurations.of(PersistentConnEventsAutoConfiguration.class,
				PersistentConnHealthAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class, EndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=health");

	@Test
	void showsEachConnectionAndServerByName() {
		server(Handlers.echo()).withBean("ordersConnection", PersistentConnection.class, () -> lost("orders"))
			.withPropertyValues("persistent-conn.connections.quotes.addresses=localhost:1",
					"persistent-conn.connections.quotes.auto-start=false")
			.run((context) -> {
				assertThat(component(context)).isNotNull();
				assertThat(components(context, "connections")).containsOnlyKeys("quotes", "orders");
				assertThat(components(context, "servers")).containsOnlyKeys("quotes");
				TcpServer<?, ?> server = context.getBean(TcpServer.class);
				assertThat(details(context, "servers", "quotes")).containsEntry("state", ServerStatus.Phase.LISTENING)
					.hasEntrySatisfying("listeningOn",
							(place) -> assertThat(place).isIn("[::]:" + server.listeningOn(),
									"0.0.0.0:" + server.listeningOn()))
					.containsEntry("connections", 0)
					.containsEntry("maxConnections", server.maxConnections())
					.hasSize(4);
			});
	}

	@Test
	void thereIsNoneWithoutConnectionsAndServers() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(PersistentConnHealthContributor.class);
			assertThat(component(context)).isNull();
		});
	}

	@Test
	void aServerIsDownWhenItStoppedByItself() {
		server((client, reader, writer) -> {
			throw new IllegalStateException("cannot handle");
		}).withPropertyValues("persistent-conn.servers.quotes.on-handler-error=raise").run((context) -> {
			assertThat(status(context, "servers", "quotes")).isEqualTo(Status.UP);
			try (Peer peer = Peer.of(context.getBean(TcpServer.class))) {
				peer.awaitClosed();
			}
			await().atMost(LONG).until(() -> status(context, "servers", "quotes").equals(Status.DOWN));
			assertThat(details(context, "servers", "quotes")).containsEntry("state", ServerStatus.Phase.FAILED)
				.containsEntry("lastError", "java.lang.IllegalStateException: cannot handle");
			assertThat(component(context).getStatus()).isEqualTo(Status.DOWN);
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(status(context, "servers", "quotes")).isEqualTo(Status.UP);
			assertThat(details(context, "servers", "quotes")).doesNotContainKey("lastError");
		});
	}

	@Test
	void aServerIsOutOfServiceWhileDrainingAndStopped() {
		CompletableFuture<Void> handling = new CompletableFuture<>();
		CompletableFuture<Void> mayFinish = new CompletableFuture<>();
		server((client, reader, writer) -> {
			handling.complete(null);
			return mayFinish;
		}).run((context) -> {
			try (Peer peer = Peer.of(context.getBean(TcpServer.class))) {
				handling.join();
				assertThat(details(context, "servers", "quotes")).containsEntry("connections", 1);
				CompletableFuture<Void> stop = CompletableFuture
					.runAsync(() -> context.getSourceApplicationContext().stop());
				await().atMost(LONG).until(() -> status(context, "servers", "quotes").equals(Status.OUT_OF_SERVICE));
				assertThat(details(context, "servers", "quotes")).containsEntry("state", ServerStatus.Phase.DRAINING);
				mayFinish.complete(null);
				peer.awaitClosed();
				stop.join();
			}
			assertThat(status(context, "servers", "quotes")).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(details(context, "servers", "quotes")).containsEntry("state", ServerStatus.Phase.STOPPED);
		});
	}

	@Test
	void aServerThatDropsClientsSaysSo() {
		server(Handlers.echo()).withPropertyValues("persistent-conn.servers.quotes.drop-incoming-connections=true")
			.run((context) -> assertThat(details(context, "servers", "quotes")).containsEntry("dropping", true));
	}

	@Test
	void theGracePeriodOfAConnectionCounts() {
		lostFor(Duration.ofMinutes(5).minusNanos(1),
				(context) -> assertThat(status(context, "connections", "quotes")).isEqualTo(Status.UP),
				"persistent-conn.connections.quotes.health.grace-period=5m");
		lostFor(Duration.ofMinutes(5),
				(context) -> assertThat(status(context, "connections", "quotes")).isEqualTo(Status.DOWN),
				"persistent-conn.connections.quotes.health.grace-period=5m");
	}

	@Test
	void theGracePeriodIsHalfAMinuteUnlessTheDefaultsSayOtherwise() {
		lostFor(Duration.ofSeconds(30).minusNanos(1),
				(context) -> assertThat(status(context, "connections", "quotes")).isEqualTo(Status.UP));
		lostFor(Duration.ofSeconds(30),
				(context) -> assertThat(status(context, "connections", "quotes")).isEqualTo(Status.DOWN));
		lostFor(Duration.ofSeconds(3),
				(context) -> assertThat(status(context, "connections", "quotes")).isEqualTo(Status.DOWN),
				"persistent-conn.defaults.connection.health.grace-period=3s");
	}

	@Test
	void aConnectionThatIsNotRequiredIsUpWhileLost() {
		lostFor(Duration.ofDays(1), (context) -> {
			assertThat(component(context).getStatus()).isEqualTo(Status.UP);
			assertThat(details(context, "connections", "quotes")).containsKey("lastError");
		}, "persistent-conn.connections.quotes.health.required=false");
		lostFor(Duration.ofDays(1), (context) -> assertThat(component(context).getStatus()).isEqualTo(Status.DOWN),
				"persistent-conn.connections.quotes.health.required=true");
	}

	@Test
	void aConnectionThatIsNotIncludedIsLeftOut() {
		lostFor(Duration.ofDays(1), (context) -> assertThat(component(context)).isNull(),
				"persistent-conn.connections.quotes.health.include=false");
	}

	@Test
	void aConnectionOfTheApplicationIsReadWithTheDefaults() {
		this.runner.withBean("ownConnection", PersistentConnection.class, () -> lost("own"))
			.withPropertyValues("persistent-conn.defaults.connection.health.required=false")
			.run((context) -> {
				awaitLost(context, "ownConnection");
				assertThat(components(context, "connections")).containsOnlyKeys("own");
				assertThat(status(context, "connections", "own")).isEqualTo(Status.UP);
			});
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.persistentconn.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnHealthContributor.class));
		this.runner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnHealthContributor.class));
		this.runner
			.withPropertyValues("management.health.defaults.enabled=false",
					"management.health.persistentconn.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(PersistentConnHealthContributor.class));
		this.runner.withPropertyValues("persistent-conn.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnHealthContributor.class));
	}

	@Test
	void canBeReplaced() {
		HealthIndicator own = () -> Health.up().withDetail("own", true).build();
		this.runner.withBean("persistentConnHealthContributor", HealthIndicator.class, () -> own).run((context) -> {
			assertThat(context).doesNotHaveBean(PersistentConnHealthContributor.class);
			assertThat(component(context)).isInstanceOfSatisfying(IndicatedHealthDescriptor.class,
					(descriptor) -> assertThat(descriptor.getDetails()).containsEntry("own", true));
		});
	}

	/** A connection whose health is asked for so long after it was lost. */
	private void lostFor(Duration lost, Consumer<AssertableApplicationContext> assertions, String... properties) {
		VirtualTimeSource clock = new VirtualTimeSource();
		this.runner.withBean(TimeSource.class, () -> clock)
			.withPropertyValues("persistent-conn.connections.quotes.addresses=localhost:1")
			.withPropertyValues(properties)
			.run((context) -> {
				PersistentConnection<?> connection = awaitLost(context, "quotesConnection");
				clock.advanceBy(Duration.between(Instant.EPOCH, connection.status().since()).plus(lost));
				assertions.accept(context);
			});
	}

	private static PersistentConnection<?> awaitLost(AssertableApplicationContext context, String bean) {
		PersistentConnection<?> connection = context.getBean(bean, PersistentConnection.class);
		await().atMost(LONG).until(() -> connection.status().failures() > 0);
		return connection;
	}

	private static PersistentConnection<?> lost(String name) {
		return new FakePeer().refuse(new IOException("refused")).connection(name).build();
	}

	private ApplicationContextRunner server(TcpHandler<SocketAddress> handler) {
		return this.runner.withPropertyValues("persistent-conn.servers.quotes.port=0")
			.withBean("quotesHandler", TcpHandler.class, () -> handler);
	}

	private static HealthDescriptor component(AssertableApplicationContext context) {
		return context.getBean(HealthEndpoint.class).healthForPath("persistentConn");
	}

	private static Map<String, HealthDescriptor> components(AssertableApplicationContext context, String part) {
		HealthDescriptor descriptor = context.getBean(HealthEndpoint.class).healthForPath("persistentConn", part);
		return ((CompositeHealthDescriptor) descriptor).getComponents();
	}

	private static Status status(AssertableApplicationContext context, String... path) {
		return context.getBean(HealthEndpoint.class).healthForPath("persistentConn", path[0], path[1]).getStatus();
	}

	private static Map<String, Object> details(AssertableApplicationContext context, String... path) {
		HealthDescriptor descriptor = context.getBean(HealthEndpoint.class)
			.healthForPath("persistentConn", path[0], path[1]);
		return ((IndicatedHealthDescriptor) descriptor).getDetails();
	}

}
