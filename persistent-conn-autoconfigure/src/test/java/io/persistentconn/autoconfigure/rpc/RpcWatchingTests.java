package io.persistentconn.autoconfigure.rpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.persistentconn.autoconfigure.PersistentConnEndpointAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnEventsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnHealthAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnMetricsAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint.Action;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint.Kind;
import io.persistentconn.autoconfigure.endpoint.ServerDescriptor;
import io.persistentconn.autoconfigure.event.ServerEvent;
import io.persistentconn.autoconfigure.health.PersistentConnHealthContributor;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatus;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * RPC servers and connections are watched as those of TCP are.
 */
class RpcWatchingTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner connection = Contexts
		.runner("persistent-conn.connections.quotes.protocol=rpc")
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						PersistentConnEventsAutoConfiguration.class, PersistentConnHealthAutoConfiguration.class,
						PersistentConnMetricsAutoConfiguration.class, PersistentConnEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=persistentconn",
				"persistent-conn.connections.quotes.retry-delay=20ms")
		.withBean(MeterRegistry.class, () -> this.registry);

	/** With a server of the same name. */
	private final ApplicationContextRunner both = this.connection
		.withPropertyValues("persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0")
		.withUserConfiguration(ToOwnServer.class)
		.withBean(Implementation.class, () -> RpcPeer.ECHO.implementNow((context, text) -> text));

	@Test
	void healthShowsBoth() {
		this.both.run((context) -> {
			connected(context);
			await().atMost(LONG).until(() -> Integer.valueOf(1).equals(detail(context, "connections")));
			assertThat(health(context, "servers").getStatus()).isEqualTo(Status.UP);
			assertThat(health(context, "connections").getStatus()).isEqualTo(Status.UP);
			context.getSourceApplicationContext().stop();
			assertThat(health(context, "servers").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context, "connections").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void bytesOfBothAreCountedAcrossReconnects() {
		this.both.run((context) -> {
			echo(connected(context), "x".repeat(1000));
			await().atMost(LONG).until(() -> this.registry.find("persistent.conn.bytes").meters().size() == 4);
			assertThat(bytes("connection", "out")).isBetween(1000.0, 2000.0);
			assertThat(bytes("connection", "in")).isBetween(1000.0, 2000.0);
			await().atMost(LONG).until(() -> bytes("server", "in") == bytes("connection", "out"));
			RpcPeer.get(connected(context).closeAsync());
			await().atMost(LONG).until(() -> quotes(context).status().connects() == 2);
			echo(connected(context), "x".repeat(1000));
			assertThat(bytes("connection", "out")).isBetween(2000.0, 4000.0);
			assertThat(bytes("connection", "in")).isBetween(2000.0, 4000.0);
			assertThat(this.registry.get("persistent.conn.server.connections").gauge().value()).isOne();
			assertThat(this.registry.get("persistent.conn.server.accepted").functionCounter().count()).isEqualTo(2);
			await().atMost(LONG).until(() -> disconnects("closed") == 1);
		});
	}

	@Test
	void aPeerThatClosesIsAReason() {
		try (RpcPeer server = RpcPeer.create()) {
			this.connection.withPropertyValues(quotesAt(server)).run((context) -> {
				server.next().closeAsync("enough");
				await().atMost(LONG).until(() -> disconnects("peer-closed") == 1);
				server.next().closeAsync();
				await().atMost(LONG).until(() -> disconnects("peer-closed") == 2);
			});
		}
	}

	@Test
	void aPeerWithoutASignOfLifeIsAReason() {
		try (RpcPeer server = RpcPeer.of(RpcOptions.defaults().withHeartbeat(Heartbeat.never()))) {
			this.connection.withPropertyValues(quotesAt(server))
				.withPropertyValues("persistent-conn.connections.quotes.heartbeat.send-every=10ms",
						"persistent-conn.connections.quotes.heartbeat.timeout=50ms")
				.run((context) -> await().atMost(LONG).until(() -> disconnects("timeout") > 0));
		}
	}

	@Test
	void whyTheSocketFailedIsAReason() {
		try (RpcPeer server = RpcPeer.of(RpcOptions.defaults().withHeartbeat(Heartbeat.never()))) {
			this.connection.withPropertyValues(quotesAt(server))
				.withPropertyValues("persistent-conn.connections.quotes.read-idle-timeout=50ms")
				.run((context) -> await().atMost(LONG).until(() -> disconnects("timeout") > 0));
		}
	}

	@Test
	void aPeerThatBreaksTheProtocolIsAnError() {
		try (RpcPeer server = RpcPeer.create()) {
			this.connection.withPropertyValues(quotesAt(server))
				.withPropertyValues("persistent-conn.connections.quotes.max-message-size=1KB")
				.run((context) -> {
					RpcPeer.ECHO.dispatch(server.next(), "x".repeat(2000));
					await().atMost(LONG).until(() -> disconnects("error") == 1);
				});
		}
	}

	@Test
	void aServerThatDrainsIsAnEvent() {
		CompletableFuture<Void> handling = new CompletableFuture<>();
		CompletableFuture<String> answer = new CompletableFuture<>();
		Contexts.runner("persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0")
			.withConfiguration(AutoConfigurations.of(PersistentConnEventsAutoConfiguration.class))
			.withBean(ServerEvents.class)
			.withBean(Implementation.class, () -> RpcPeer.ECHO.implement((context, text) -> {
				handling.complete(null);
				return answer;
			}))
			.run((context) -> {
				List<String> heard = context.getBean(ServerEvents.class).heard;
				try (RpcPeer peer = RpcPeer.create()) {
					RpcPeer.ECHO.dispatch(peer.connect(context.getBean(TcpServers.class).get("quotes")), "hello");
					RpcPeer.get(handling);
					CompletableFuture<Void> stop = CompletableFuture
						.runAsync(() -> context.getSourceApplicationContext().stop());
					await().atMost(LONG).until(() -> heard.contains("Draining"));
					answer.complete("bye");
					RpcPeer.get(stop);
					await().atMost(LONG).until(() -> heard.contains("Stopped"));
					assertThat(heard).containsExactly("Listening", "Draining", "Stopped");
				}
			});
	}

	@Test
	void theEndpointShowsAndInterferesWithBoth() {
		this.both.run((context) -> {
			RpcConnection first = connected(context);
			PersistentConnEndpoint endpoint = context.getBean(PersistentConnEndpoint.class);
			endpoint.perform(Kind.CONNECTIONS, "quotes", Action.RECONNECT, null);
			RpcPeer.get(first.closeFinished());
			await().atMost(LONG).until(() -> quotes(context).status().connects() == 2);
			endpoint.perform(Kind.SERVERS, "quotes", Action.DROP_INCOMING, null);
			TcpServer<?, ?> server = context.getBean(TcpServers.class).get("quotes");
			try (Peer dropped = Peer.of(server)) {
				dropped.awaitClosed();
			}
			ServerDescriptor shown = endpoint.overview().servers().get("quotes");
			assertThat(shown.state()).isEqualTo(ServerStatus.Phase.LISTENING);
			assertThat(shown.listeningOn()).endsWith(":" + server.listeningOn());
			assertThat(shown.dropping()).isTrue();
			assertThat(endpoint.overview().connections().get("quotes").connects()).isEqualTo(2);
		});
	}

	private static String quotesAt(RpcPeer server) {
		return "persistent-conn.connections.quotes.addresses=" + server.listen();
	}

	private static PersistentConnection<RpcConnection> quotes(AssertableApplicationContext context) {
		return context.getBean(PersistentConnections.class).rpc("quotes");
	}

	private static RpcConnection connected(AssertableApplicationContext context) throws InterruptedException {
		return quotes(context).awaitConnected(LONG);
	}

	private static void echo(RpcConnection connection, String text) {
		assertThat(RpcPeer.get(RpcPeer.ECHO.dispatch(connection, text))).isEqualTo(text);
	}

	private static Health health(AssertableApplicationContext context, String part) {
		CompositeHealthContributor contributor = (CompositeHealthContributor) context
			.getBean(PersistentConnHealthContributor.class)
			.getContributor(part);
		assertThat(contributor).isNotNull();
		Health health = ((HealthIndicator) contributor.getContributor("quotes")).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static Object detail(AssertableApplicationContext context, String key) {
		return health(context, "servers").getDetails().get(key);
	}

	private double disconnects(String reason) {
		return this.registry.get("persistent.conn.connection.disconnects").tag("reason", reason).counter().count();
	}

	private double bytes(String kind, String direction) {
		return this.registry.get("persistent.conn.bytes")
			.tags("kind", kind, "direction", direction)
			.functionCounter()
			.count();
	}

	static class ServerEvents {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ServerEvent event) {
			this.heard.add(event.getClass().getSimpleName());
		}

	}

}
