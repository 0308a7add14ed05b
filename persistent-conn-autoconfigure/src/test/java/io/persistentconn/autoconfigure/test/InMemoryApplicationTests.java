package io.persistentconn.autoconfigure.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent;
import io.persistentconn.autoconfigure.health.PersistentConnHealthContributor;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpHandler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A test as users write it: of an application that has both sides, with the properties of
 * production.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "persistent-conn.netty.event-loop-threads=2", "persistent-conn.servers.quotes.protocol=rpc",
				"persistent-conn.servers.quotes.port=7000", "persistent-conn.connections.quotes.protocol=rpc",
				"persistent-conn.connections.quotes.addresses=quotes-1.invalid:7017",
				"persistent-conn.connections.quotes.user-timeout=20s",
				"persistent-conn.connections.quotes.fail-fast=true",
				"persistent-conn.connections.quotes.retry-delay=10ms",
				"persistent-conn.subscriptions.prices.resubscribe-delay=10ms", "persistent-conn.servers.echo.port=0",
				"persistent-conn.connections.echo.retry-delay=10ms" })
@AutoConfigureInMemoryConnections
class InMemoryApplicationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Autowired
	@Qualifier("quotes")
	private Prices client;

	@Autowired
	private PricesService service;

	@Autowired
	private PricesReader reader;

	@Autowired
	private TcpServers servers;

	@Autowired
	private PersistentConnections connections;

	@Test
	void aClientCallsTheServiceAtOnce(@Autowired RpcServer<InetSocketAddress, Integer> server,
			@Autowired NettyTransport transport) {
		assertThat(this.client.price("AAPL")).isEqualTo(this.service.price("AAPL"));
		assertThat(transport.name()).isEqualTo("memory");
		assertThat(server.tcp().listeningOn()).isEqualTo(7000);
		assertThat(this.connections.rpc("quotes").currentConnection()).get()
			.satisfies((connection) -> assertThat(connection.peerMenu()).isPresent());
	}

	@Test
	void bytesOfOnesOwnTravelAsWell() throws Exception {
		TcpConnection<?> echo = this.connections.tcp("echo").currentConnection().orElseThrow();
		echo.writer().write("hello\n");
		assertThat(echo.reader().readLine().get(60, TimeUnit.SECONDS)).contains("hello");
	}

	@Test
	void aBrokenConnectionIsSeenInEventsHealthAndMeters(@Autowired Events events,
			@Autowired PersistentConnHealthContributor health, @Autowired MeterRegistry meters) {
		PersistentConnection<RpcConnection> quotes = this.connections.rpc("quotes");
		int before = events.events.size();
		quotes.currentConnection().orElseThrow().closeAsync().join();
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(events.events.subList(before, events.events.size()))
				.contains("Disconnected quotes", "Connected quotes"));
		CompositeHealthContributor connections = (CompositeHealthContributor) health.getContributor("connections");
		HealthIndicator indicator = (HealthIndicator) connections.getContributor("quotes");
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(indicator.health().getDetails()).containsEntry("address", "localhost:7000");
		assertThat(meters.get("persistent.conn.connection.disconnects").tag("name", "quotes").counters()).isNotEmpty();
	}

	@Test
	void aSubscriptionRecoversFromTheLossOfItsServer() throws Exception {
		this.reader.await("state 1.0");
		this.service.change(2);
		this.reader.await("change 2.0");
		this.servers.get("quotes").stop(CloseExisting.YES).get(60, TimeUnit.SECONDS);
		this.reader.await("lost");
		this.service.change(3);
		this.servers.get("quotes").start().get(60, TimeUnit.SECONDS);
		this.reader.await("state 3.0");
		this.service.change(1);
		this.reader.await("change 1.0");
	}

	@Test
	void aContextThatWasPausedIsConnectedAgain(@Autowired ConfigurableApplicationContext context) {
		for (int round = 0; round < 3; round++) {
			context.stop();
			context.start();
			assertThat(this.client.price("AAPL")).isEqualTo(this.service.price("AAPL"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRpcClients(types = Prices.class, connection = "quotes")
	@Import({ PricesService.class, PricesReader.class, Events.class })
	static class Application {

		@Bean
		TcpHandler<InetSocketAddress> echo() {
			return (client, reader, writer) -> reader.transferTo(writer);
		}

	}

	static class Events {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@EventListener
		void happened(PersistentConnectionEvent event) {
			this.events.add(event.getClass().getSimpleName() + " " + event.name());
		}

	}

}
