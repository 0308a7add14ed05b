package io.persistentconn.autoconfigure.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.epoll.Epoll;
import io.persistentconn.autoconfigure.PersistentConnMetricsAutoConfiguration;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.tcp.TcpHandler;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RoundTripTimeMeterTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String NAME = "persistent.conn.connection.rtt";

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = Contexts
		.runner("persistent-conn.servers.quotes.port=0", "persistent-conn.connections.quotes.retry-delay=20ms")
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, PersistentConnMetricsAutoConfiguration.class))
		.withUserConfiguration(ToOwnServer.class)
		.withBean(TcpHandler.class, Handlers::echo)
		.withBean(MeterRegistry.class, () -> this.registry);

	@Test
	void itIsMeasuredWithEpollWhileThereIsAConnection() {
		assumeTrue(Epoll.isAvailable(), "epoll is not available on this platform");
		this.runner.withPropertyValues("persistent-conn.netty.transport=epoll").run((context) -> {
			await().atMost(LONG).until(() -> this.registry.find(NAME).tag("name", "quotes").meter() != null);
			assertThat(this.registry.get(NAME).timeGauge().value(TimeUnit.SECONDS)).isBetween(0.000001, 60.0);
			context.getSourceApplicationContext().stop();
			await().atMost(LONG).until(() -> Double.isNaN(this.registry.get(NAME).timeGauge().value()));
		});
	}

	/** Bytes are counted by the same listener. */
	@Test
	void itIsNotKnownWithNio() {
		this.runner.withPropertyValues("persistent-conn.netty.transport=nio").run((context) -> {
			await().atMost(LONG)
				.until(() -> this.registry.find("persistent.conn.bytes")
					.tags("kind", "connection", "direction", "out")
					.meter() != null);
			context.getSourceApplicationContext().stop();
			await().atMost(LONG)
				.until(() -> this.registry.get("persistent.conn.connection.lifetime").timer().count() == 1);
			assertThat(this.registry.find(NAME).meter()).isNull();
		});
	}

}
