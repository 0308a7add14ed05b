package io.persistentconn.autoconfigure.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.persistentconn.autoconfigure.PersistentConnObservationAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.connection.RpcConnectionCustomizer;
import io.persistentconn.autoconfigure.server.RpcServerCustomizer;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.CallListener;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.IncomingCall;
import io.persistentconn.rpc.NotAuthorizedException;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls as observations, seen by the meters that Micrometer makes of them.
 */
class RpcObservationsTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String CLIENT = "persistent.conn.rpc.client";

	private static final String SERVER = "persistent.conn.rpc.server";

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner withoutObservations = Contexts
		.runner("persistent-conn.connections.quotes.protocol=rpc", "persistent-conn.servers.quotes.protocol=rpc",
				"persistent-conn.servers.quotes.port=0", "persistent-conn.defaults.connection.retry-delay=20ms")
		.withConfiguration(AutoConfigurations.of(PersistentConnObservationAutoConfiguration.class))
		.withUserConfiguration(ToOwnServer.class)
		.withBean(Implementation.class, () -> RpcPeer.ECHO.implement((context, text) -> switch (text) {
			case "fail" -> throw new IllegalStateException("expected by the test");
			case "never" -> new CompletableFuture<>();
			default -> CompletableFuture.completedFuture(text);
		}));

	private final ApplicationContextRunner runner = this.withoutObservations
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry);

	@Test
	void aCallIsAnObservationOfBothSides() {
		this.runner.run((context) -> {
			assertThat(RpcPeer.get(RpcPeer.ECHO.dispatch(connection(context), "hello"))).isEqualTo("hello");
			awaitCount(SERVER, "success", 1);
			assertThat(count(CLIENT, "success")).isOne();
			Map<String, String> tags = Map.of("name", "quotes", "rpc.system", "async_rpc", "rpc.method", "echo",
					"outcome", "success", "error", "none");
			assertThat(this.registry.get(CLIENT).timer().getId().getTags())
				.allSatisfy((tag) -> assertThat(tag.getValue()).isEqualTo(tags.get(tag.getKey())))
				.hasSameSizeAs(tags.keySet());
			assertThat(this.registry.get(SERVER).timer().getId().getTags())
				.allSatisfy((tag) -> assertThat(tag.getValue()).isEqualTo(tags.get(tag.getKey())))
				.hasSameSizeAs(tags.keySet());
		});
	}

	@Test
	void theOutcomeSaysHowACallEnded() {
		this.runner
			.withPropertyValues("persistent-conn.defaults.server.shutdown.grace-period=1ms",
					"persistent-conn.connections.impatient.protocol=rpc",
					"persistent-conn.connections.impatient.calls.timeout=10ms",
					"persistent-conn.servers.impatient.protocol=rpc", "persistent-conn.servers.impatient.port=0")
			.run((context) -> {
				RpcConnection connection = connection(context);
				assertThat(RpcPeer.ECHO.dispatch(connection, "fail")).failsWithin(LONG);
				awaitCount(SERVER, "error", 1);
				assertThat(count(CLIENT, "error")).isOne();
				assertThat(RpcPeer.ECHO.dispatch(connection, "never").cancel(false)).isTrue();
				assertThat(count(CLIENT, "cancelled")).isOne();
				RpcConnection impatient = context.getBean(PersistentConnections.class)
					.rpc("impatient")
					.awaitConnected(LONG);
				assertThat(RpcPeer.ECHO.dispatch(impatient, "never")).failsWithin(LONG);
				assertThat(count(CLIENT, "timeout")).isOne();
				CompletableFuture<String> lost = RpcPeer.ECHO.dispatch(connection, "never");
				RpcPeer.get(connection.closeAsync());
				assertThat(lost).failsWithin(LONG);
				assertThat(count(CLIENT, "connection-closed")).isOne();
			});
	}

	@Test
	void aRefusalIsObservedToo() {
		RpcInterceptor refusing = new RpcInterceptor() {

			@Override
			public CallListener serving(IncomingCall call) {
				throw new NotAuthorizedException("nobody");
			}

		};
		this.runner.withBean(RpcInterceptor.class, () -> refusing).run((context) -> {
			assertThat(RpcPeer.ECHO.dispatch(connection(context), "hello")).failsWithin(LONG);
			awaitCount(SERVER, "not-authorized", 1);
			assertThat(count(CLIENT, "not-authorized")).isOne();
		});
	}

	@Test
	void whatThePeerCallsItsRpcsIsNoTagUnlessThereIsOne() {
		this.runner.run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = peer.connect(context.getBean(TcpServers.class).get("quotes"));
				for (int i = 0; i < 10; i++) {
					Rpc<String, String> unknown = Rpc.of("unknown-" + i, 1, BinCodecs.STRING, BinCodecs.STRING);
					assertThat(unknown.dispatch(connection, "x")).failsWithin(LONG);
				}
				RpcPeer.get(RpcPeer.ECHO.dispatch(connection, "x"));
			}
			awaitCount(SERVER, "success", 1);
			assertThat(this.registry.getMeters()).extracting(Meter::getId)
				.flatExtracting(Meter.Id::getTags)
				.extracting(Tag::getValue)
				.contains("echo")
				.noneMatch((value) -> value.startsWith("unknown-"));
		});
	}

	@Test
	void aGlobalConventionNamesThem() {
		this.runner.withBean(OwnNames.class).run((context) -> {
			RpcPeer.get(RpcPeer.ECHO.dispatch(connection(context), "hello"));
			assertThat(this.registry.get("own").tags("kind", "UNARY", "rpc", "echo v1").timer().count()).isOne();
			awaitCount(SERVER, "success", 1);
		});
	}

	@Test
	void aPropertySwitchesThemOff() {
		this.runner.withPropertyValues("management.observations.enable.persistent.conn.rpc=false").run((context) -> {
			RpcPeer.get(RpcPeer.ECHO.dispatch(connection(context), "hello"));
			assertThat(this.registry.find(CLIENT).timers()).isEmpty();
		});
	}

	@Test
	void fieldsThatWouldBeCutOffAreLeftOut() {
		Fields fields = new Fields();
		this.runner.withBean(Fields.class, () -> fields).run((context) -> {
			RpcPeer.get(RpcPeer.ECHO.dispatch(connection(context), "hello"));
			assertThat(fields.received).containsExactly(Map.of("first", "1=2", "third", "ü".repeat(300)));
		});
	}

	@Test
	void withoutARegistryThereAreNoObservations() {
		this.withoutObservations.run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(RpcConnectionCustomizer.class)
				.doesNotHaveBean(RpcServerCustomizer.class);
			assertThat(RpcPeer.get(RpcPeer.ECHO.dispatch(connection(context), "hello"))).isEqualTo("hello");
		});
	}

	@Test
	void withoutMicrometerThereAreNoObservations() {
		this.withoutObservations.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RpcServerCustomizer.class));
	}

	private static RpcConnection connection(AssertableApplicationContext context) throws InterruptedException {
		return context.getBean(PersistentConnections.class).rpc("quotes").awaitConnected(LONG);
	}

	/** The server may end its observation after the client has its answer. */
	private void awaitCount(String name, String outcome, long expected) {
		await().atMost(LONG).until(() -> count(name, outcome) == expected);
	}

	private long count(String name, String outcome) {
		return this.registry.find(name).tag("outcome", outcome).timers().stream().mapToLong((t) -> t.count()).sum();
	}

	static final class OwnNames implements GlobalObservationConvention<RpcClientContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof RpcClientContext;
		}

		@Override
		public String getName() {
			return "own";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(RpcClientContext call) {
			return KeyValues.of("kind", call.kind().toString(), "rpc", call.rpc().toString());
		}

	}

	/** Sends some fields as tracing would, and takes note of what arrives. */
	static final class Fields implements ObservationHandler<Observation.Context> {

		private final List<Map<String, String>> received = new CopyOnWriteArrayList<>();

		@Override
		public void onStart(Observation.Context context) {
			if (context instanceof RpcClientContext client) {
				client.getSetter().set(client.getCarrier(), "first", "1=2");
				client.getSetter().set(client.getCarrier(), "second", "x".repeat(1020));
				client.getSetter().set(client.getCarrier(), "third", "ü".repeat(300));
			}
			else if (context instanceof RpcServerContext server) {
				this.received.add(server.getCarrier());
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
