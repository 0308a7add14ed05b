package io.persistentconn.autoconfigure.metrics;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.epoll.Epoll;
import io.persistentconn.autoconfigure.PersistentConnMetricsAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PersistentConnMetersTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = Contexts.runner()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, PersistentConnMetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry);

	@Test
	void aConnectionHasItsMetersFromTheBeginning() {
		this.runner
			.withPropertyValues("persistent-conn.connections.quotes.addresses=localhost:1",
					"persistent-conn.connections.quotes.auto-start=false")
			.run((context) -> assertThat(series()).containsExactlyInAnyOrder(
					"persistent.conn.connection.up{name=quotes}",
					"persistent.conn.connection.attempts{name=quotes,outcome=success}",
					"persistent.conn.connection.attempts{name=quotes,outcome=failure}",
					"persistent.conn.connection.disconnects{name=quotes,reason=closed}",
					"persistent.conn.connection.disconnects{name=quotes,reason=peer-closed}",
					"persistent.conn.connection.disconnects{name=quotes,reason=reset}",
					"persistent.conn.connection.disconnects{name=quotes,reason=timeout}",
					"persistent.conn.connection.disconnects{name=quotes,reason=error}",
					"persistent.conn.connection.lifetime{name=quotes}"));
	}

	@Test
	void aServerHasItsMetersFromTheBeginning() {
		server(Handlers.echo()).withPropertyValues("persistent-conn.servers.quotes.max-connections=7")
			.run((context) -> {
				assertThat(series()).containsExactlyInAnyOrder("persistent.conn.server.connections{name=quotes}",
						"persistent.conn.server.connections.max{name=quotes}",
						"persistent.conn.server.accepted{name=quotes}", "persistent.conn.server.rejected{name=quotes}",
						"persistent.conn.server.handler.errors{name=quotes}",
						"persistent.conn.bytes{direction=in,kind=server,name=quotes}",
						"persistent.conn.bytes{direction=out,kind=server,name=quotes}");
				assertThat(this.registry.get("persistent.conn.server.connections.max").gauge().value()).isEqualTo(7);
			});
	}

	@Test
	void aConnectionIsMeasuredThroughLossAndRecovery() {
		FakePeer peer = new FakePeer().refuse(new IOException("refused"));
		this.runner.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(peer))
			.run((context) -> {
				PersistentConnection<?> connection = context.getBean(PersistentConnection.class);
				await().atMost(LONG).until(() -> connection.status().failures() >= 3);
				assertThat(gauge("persistent.conn.connection.up")).isZero();
				assertThat(attempts("failure")).isGreaterThanOrEqualTo(3);
				assertThat(attempts("success")).isZero();
				peer.accept();
				await().atMost(LONG).until(() -> gauge("persistent.conn.connection.up") == 1);
				assertThat(attempts("success")).isOne();
				peer.last().lose(new IOException("lost"));
				await().atMost(LONG).until(() -> attempts("success") == 2);
				assertThat(disconnects("error")).isOne();
				assertThat(this.registry.get("persistent.conn.connection.lifetime").timer().count()).isOne();
				assertThat(this.registry.get("persistent.conn.connection.lifetime").timer().max(TimeUnit.NANOSECONDS))
					.isPositive();
				context.getSourceApplicationContext().stop();
				assertThat(gauge("persistent.conn.connection.up")).isZero();
				await().atMost(LONG).until(() -> disconnects("closed") == 1);
			});
	}

	@Test
	void aPeerThatClosesIsAReason() {
		tcp().run((context) -> {
			awaitConnects(context, 1);
			context.getBean(TcpServer.class).stop(CloseExisting.YES).join();
			await().atMost(LONG).until(() -> disconnects("peer-closed") == 1);
		});
	}

	@Test
	void aConnectionThatBreaksIsAnotherReason() {
		try (Listener listener = Listener.open()) {
			this.runner.withPropertyValues("persistent-conn.connections.quotes.addresses=" + listener.address())
				.run((context) -> {
					Peer client = listener.accept();
					// A reset that is too early fails the attempt instead.
					awaitConnects(context, 1);
					client.reset();
					await().atMost(LONG).until(() -> disconnects("reset") == 1);
				});
		}
	}

	@Test
	void aPeerThatIsSilentIsAnotherReason() {
		tcp().withPropertyValues("persistent-conn.connections.quotes.read-idle-timeout=50ms")
			.run((context) -> await().atMost(LONG).until(() -> disconnects("timeout") >= 1));
	}

	@Test
	void bytesOfConnectionAndServerAreCountedApartAndAcrossReconnects() {
		tcp().run((context) -> {
			awaitConnects(context, 1);
			exchange(context, "hello");
			assertThat(bytes("connection", "in")).isEqualTo(5);
			current(context).closeAsync().join();
			awaitConnects(context, 2);
			exchange(context, "goodbye");
			assertThat(bytes("connection", "in")).isEqualTo(12);
			assertThat(bytes("connection", "out")).isEqualTo(12);
			assertThat(bytes("server", "in")).isEqualTo(12);
			await().atMost(LONG).until(() -> bytes("server", "out") == 12);
		});
	}

	@Test
	void aServerCountsItsClientsAndThoseItTurnsAway() {
		server((client, reader, writer) -> reader.readLine().thenAccept((line) -> {
			throw new IllegalStateException("cannot handle");
		})).run((context) -> {
			TcpServer<?, ?> server = context.getBean(TcpServer.class);
			try (Peer one = Peer.of(server); Peer other = Peer.of(server)) {
				await().atMost(LONG).until(() -> gauge("persistent.conn.server.connections") == 2);
				one.send("\n").awaitClosed();
				await().atMost(LONG).until(() -> gauge("persistent.conn.server.connections") == 1);
				assertThat(counter("persistent.conn.server.handler.errors")).isOne();
				server.setDropIncomingConnections(true);
				try (Peer dropped = Peer.of(server)) {
					dropped.awaitClosed();
				}
				assertThat(counter("persistent.conn.server.accepted")).isEqualTo(2);
				await().atMost(LONG).until(() -> counter("persistent.conn.server.rejected") == 1);
				other.send("\n").awaitClosed();
			}
		});
	}

	@Test
	void tenThousandClientsAddNoSeries(@TempDir Path directory) {
		this.runner
			.withPropertyValues("persistent-conn.servers.quotes.unix-socket=" + directory.resolve("s"),
					"persistent-conn.servers.quotes.max-accepts-per-batch=64")
			.withBean("quotesHandler", TcpHandler.class, () -> Handlers.greetAndLeave("!"))
			.run((context) -> {
				Set<String> before = series();
				TcpServer<?, ?> server = context.getBean(TcpServer.class);
				for (int i = 0; i < 200; i++) {
					List<Peer> peers = new ArrayList<>();
					for (int j = 0; j < 50; j++) {
						peers.add(Peer.of(server));
					}
					peers.forEach(Peer::awaitClosed);
					peers.forEach(Peer::close);
				}
				assertThat(counter("persistent.conn.server.accepted")).isEqualTo(10_000);
				await().atMost(LONG).until(() -> bytes("server", "out") == 10_000);
				assertThat(series()).isEqualTo(before);
			});
	}

	@Test
	void theMetersOfWhatIsClosedForGoodAreRemoved() {
		FakePeer peer = new FakePeer();
		tcp().withBean("ordersConnection", PersistentConnection.class, () -> peer.connection("orders").build())
			.run((context) -> {
				awaitConnects(context, 1);
				context.getBean(PersistentConnections.class).get("quotes").closeAsync().join();
				await().atMost(LONG)
					.until(() -> series().stream()
						.noneMatch((meter) -> meter.contains("name=quotes")
								&& (meter.contains(".connection.") || meter.contains("kind=connection"))));
				assertThat(series()).anyMatch((meter) -> meter.startsWith("persistent.conn.connection.up{name=orders}"))
					.anyMatch((meter) -> meter.startsWith("persistent.conn.server.connections{name=quotes}"));
				context.getBean(TcpServers.class).get("quotes").closeAsync().join();
				await().atMost(LONG).until(() -> series().stream().noneMatch((meter) -> meter.contains("name=quotes")));
			});
	}

	@Test
	void allMetersAreRemovedWithTheApplication() {
		tcp().run((context) -> {
			awaitConnects(context, 1);
			assertThat(series()).isNotEmpty();
		});
		assertThat(series()).isEmpty();
	}

	@Test
	void tenThousandReconnectsAddNoSeries() {
		FakePeer peer = new FakePeer();
		this.runner
			.withBean("quotesConnection", PersistentConnection.class,
					() -> peer.connection("quotes").retryDelay(RetryDelay.constant(Duration.ofNanos(1))).build())
			.run((context) -> {
				Set<String> before = series();
				PersistentConnection<?> connection = context.getBean(PersistentConnection.class);
				for (int i = 1; i <= 10_000; i++) {
					int connects = i;
					await().atMost(LONG)
						.pollInterval(Duration.ofNanos(100_000))
						.until(() -> connection.status().connects() == connects);
					peer.last().lose(new IOException("reset " + i));
				}
				await().atMost(LONG).until(() -> disconnects("error") == 10_000);
				assertThat(series()).isEqualTo(before);
			});
	}

	@Test
	void theReadmeNamesEachMeterWithItsTags() throws IOException {
		Set<String> documented = new TreeSet<>();
		Pattern row = Pattern.compile("\\| `(persistent\\.conn\\.[a-z.]+)` \\| [a-z]+ \\| ([a-z`, ]+) \\|.*");
		for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
			Matcher matcher = row.matcher(line);
			if (matcher.matches()) {
				documented.add(matcher.group(1) + " " + new TreeSet<>(List.of(matcher.group(2).split("[`, ]+"))));
			}
		}
		if (!Epoll.isAvailable()) {
			documented.removeIf((meter) -> meter.startsWith("persistent.conn.connection.rtt"));
		}
		PipeRpc<Unit, String, String> rpc = PipeRpc.of("log", 1, BinCodecs.UNIT, BinCodecs.STRING, BinCodecs.STRING);
		String log = "persistent-conn.connections.log.";
		tcp().withPropertyValues(log + "protocol=rpc", log + "auto-start=false").run((context) -> {
			awaitConnects(context, 1);
			context.getBean(Subscriptions.class).pipe("log", "log", rpc, Unit.UNIT);
			assertThat(documented).isEqualTo(new TreeSet<>(this.registry.getMeters()
				.stream()
				.map(Meter::getId)
				.filter((id) -> id.getName().startsWith("persistent.conn."))
				.map((id) -> id.getName() + " "
						+ Stream.concat(Stream.of(""), id.getTags().stream().map(Tag::getKey))
							.collect(Collectors.toCollection(TreeSet::new)))
				.toList()));
		});
	}

	@Test
	void thereAreNoneWithoutARegistryOrMicrometer() {
		ApplicationContextRunner plain = Contexts.runner()
			.withConfiguration(AutoConfigurations.of(PersistentConnMetricsAutoConfiguration.class));
		plain.run((context) -> assertThat(context).doesNotHaveBean(ConnectionMeters.class)
			.doesNotHaveBean(ServerMeters.class));
		plain.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionMeters.class));
		this.runner.withPropertyValues("persistent-conn.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConnectionMeters.class)
				.doesNotHaveBean(ServerMeters.class));
		this.runner.run((context) -> assertThat(context).hasSingleBean(ConnectionMeters.class)
			.hasSingleBean(ServerMeters.class));
	}

	@Test
	void bothCanBeReplaced() {
		this.runner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(ConnectionMeters.class)
				.hasSingleBean(ServerMeters.class)
				.hasBean("ownConnectionMeters")
				.hasBean("ownServerMeters"));
	}

	private ApplicationContextRunner server(TcpHandler<SocketAddress> handler) {
		return this.runner.withPropertyValues("persistent-conn.servers.quotes.port=0")
			.withBean("quotesHandler", TcpHandler.class, () -> handler);
	}

	/** A server that echoes, and a connection to it of the same name. */
	private ApplicationContextRunner tcp() {
		return server(Handlers.echo()).withUserConfiguration(ToOwnServer.class)
			.withPropertyValues("persistent-conn.connections.quotes.retry-delay=20ms");
	}

	private static PersistentConnection<?> shortRetries(FakePeer peer) {
		return peer.connection("quotes").retryDelay(RetryDelay.constant(Duration.ofMillis(1))).build();
	}

	private static void awaitConnects(AssertableApplicationContext context, int connects) {
		PersistentConnection<?> connection = context.getBean(PersistentConnections.class).get("quotes");
		await().atMost(LONG).until(() -> connection.status().connects() >= connects);
	}

	private static TcpConnection<?> current(AssertableApplicationContext context) {
		return (TcpConnection<?>) context.getBean(PersistentConnections.class).get("quotes").currentConnection().get();
	}

	private static void exchange(AssertableApplicationContext context, String text) {
		TcpConnection<?> connection = current(context);
		connection.writer().write(text);
		connection.writer().flushed().join();
		connection.reader().readExactly(text.length()).join();
	}

	private Set<String> series() {
		return this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("persistent.conn."))
			.map((id) -> id.getName() + id.getTags()
				.stream()
				.map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
				.collect(Collectors.joining(",", "{", "}")))
			.collect(Collectors.toSet());
	}

	private double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

	private double counter(String name) {
		return this.registry.get(name).functionCounter().count();
	}

	private double attempts(String outcome) {
		return this.registry.get("persistent.conn.connection.attempts")
			.tag("outcome", outcome)
			.functionCounter()
			.count();
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

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		ConnectionMeters ownConnectionMeters(PersistentConnections connections) {
			return new ConnectionMeters(connections);
		}

		@Bean
		ServerMeters ownServerMeters(TcpServers servers) {
			return new ServerMeters(servers);
		}

	}

}
