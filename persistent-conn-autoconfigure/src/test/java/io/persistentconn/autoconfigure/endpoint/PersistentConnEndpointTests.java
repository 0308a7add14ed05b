package io.persistentconn.autoconfigure.endpoint;

import java.io.IOException;
import java.time.Duration;

import io.persistentconn.autoconfigure.PersistentConnEndpointAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnEventsAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint.Action;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint.Kind;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent;
import io.persistentconn.autoconfigure.event.RecentEvents;
import io.persistentconn.autoconfigure.event.RecentEvents.RecentEvent;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatus;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class PersistentConnEndpointTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final FakePeer peer = new FakePeer();

	private final ApplicationContextRunner runner = Contexts.runner("persistent-conn.servers.quotes.port=0")
		.withConfiguration(AutoConfigurations.of(PersistentConnEventsAutoConfiguration.class,
				PersistentConnEndpointAutoConfiguration.class))
		.withBean("quotesHandler", TcpHandler.class, Handlers::echo)
		.withBean("quotesConnection", PersistentConnection.class, () -> this.peer.connection("quotes").build());

	private final ApplicationContextRunner exposed = this.runner
		.withPropertyValues("management.endpoints.web.exposure.include=persistentconn");

	@Test
	void showsConnectionsAndServersWithWhatHappenedToThem() {
		this.exposed.run((context) -> {
			awaitConnects(context, 1);
			await().atMost(LONG).until(() -> connection(context).recentEvents().size() == 3);
			ConnectionDescriptor connection = connection(context);
			assertThat(connection.state()).isEqualTo(Phase.CONNECTED);
			assertThat(connection.address()).isEqualTo("peer:1");
			assertThat(connection.connects()).isOne();
			assertThat(connection.recentEvents()).extracting(RecentEvent::event)
				.containsExactly("Attempting[quotes]", "ObtainedAddress[quotes, peer:1]", "Connected[quotes, peer:1]");
			ServerDescriptor server = server(context);
			assertThat(server.state()).isEqualTo(ServerStatus.Phase.LISTENING);
			assertThat(server.listeningOn()).matches("(\\[::\\]|0\\.0\\.0\\.0):[0-9]+")
				.endsWith(":" + context.getBean(TcpServer.class).listeningOn());
			assertThat(server.connections()).isZero();
			assertThat(server.dropping()).isFalse();
			assertThat(server.lastError()).isNull();
		});
	}

	@Test
	void tellsWhyAConnectionIsNotThere() {
		this.peer.refuse(new IOException("refused"));
		this.exposed.run((context) -> {
			await().atMost(LONG).until(() -> connection(context).nextRetry() != null);
			assertThat(connection(context).state()).isEqualTo(Phase.CONNECTING);
			assertThat(connection(context).attempts()).isOne();
			assertThat(connection(context).failures()).isOne();
			assertThat(connection(context).lastError()).isEqualTo("java.io.IOException: refused");
		});
	}

	@Test
	void reconnectClosesAConnectionSoThatItIsEstablishedAnew() {
		this.exposed.run((context) -> {
			awaitConnects(context, 1);
			endpoint(context).perform(Kind.CONNECTIONS, "quotes", Action.RECONNECT, null);
			assertThat(this.peer.last().closeFinished()).isDone();
			await().atMost(LONG).until(() -> connection(context).disconnects() == 1);
			assertThat(connection(context).state()).isEqualTo(Phase.CONNECTING);
		});
	}

	@Test
	void reconnectEndsTheWaitOfOneThatIsLost() {
		this.peer.refuse(new IOException("refused"));
		this.exposed.run((context) -> {
			await().atMost(LONG).until(() -> connection(context).nextRetry() != null);
			this.peer.accept();
			endpoint(context).perform(Kind.CONNECTIONS, "quotes", Action.RECONNECT, null);
			awaitConnects(context, 1);
		});
	}

	@Test
	void closeIsForGood() {
		this.exposed.run((context) -> {
			awaitConnects(context, 1);
			endpoint(context).perform(Kind.CONNECTIONS, "quotes", Action.CLOSE, null);
			assertThat(context.getBean(PersistentConnection.class).isClosed()).isTrue();
			context.getBean(PersistentConnection.class).closeFinished().join();
			assertThat(connection(context).state()).isEqualTo(Phase.CLOSED);
		});
	}

	@Test
	void dropIncomingClosesClientsUntilItIsEnded() {
		this.exposed.run((context) -> {
			TcpServer<?, ?> server = context.getBean(TcpServer.class);
			endpoint(context).perform(Kind.SERVERS, "quotes", Action.DROP_INCOMING, null);
			assertThat(server(context).dropping()).isTrue();
			try (Peer dropped = Peer.of(server)) {
				dropped.awaitClosed();
			}
			await().atMost(LONG).until(() -> server(context).rejected() == 1);
			endpoint(context).perform(Kind.SERVERS, "quotes", Action.DROP_INCOMING, false);
			assertThat(server(context).dropping()).isFalse();
			try (Peer welcome = Peer.of(server)) {
				assertThat(welcome.send("hello").receive(5)).isEqualTo("hello");
			}
			endpoint(context).perform(Kind.SERVERS, "quotes", Action.DROP_INCOMING, true);
			assertThat(server(context).dropping()).isTrue();
		});
	}

	@Test
	void badRequestsAreRefused() {
		this.exposed.run((context) -> {
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(context).perform(Kind.CONNECTIONS, "orders", Action.CLOSE, null))
				.withMessage("name: \"orders\" (expected: one of [quotes])");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(context).perform(Kind.SERVERS, "quotes", Action.CLOSE, null))
				.withMessageContaining("CLOSE is not for SERVERS");
			assertThat(context.getBean(PersistentConnection.class).isClosed()).isFalse();
		});
	}

	@Test
	void onlyTheLastEventsAreKept() {
		RecentEvents events = new RecentEvents();
		PersistentConnection<?> connection = this.peer.connection("quotes").build();
		for (int i = 1; i <= RecentEvents.CAPACITY + 1; i++) {
			events.onApplicationEvent(new PersistentConnectionEvent.Connected(connection, i));
		}
		assertThat(events.of(connection)).hasSize(RecentEvents.CAPACITY)
			.extracting(RecentEvent::event)
			.startsWith("Connected[quotes, 2]")
			.endsWith("Connected[quotes, " + (RecentEvents.CAPACITY + 1) + "]");
		assertThat(events.of(this.peer)).isEmpty();
	}

	@Test
	void isThereOnlyWhereItIsExposedAndAccessAllowsIt() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnEndpoint.class)
			.doesNotHaveBean(RecentEvents.class));
		this.exposed.run((context) -> assertThat(context).hasSingleBean(PersistentConnEndpoint.class));
		this.exposed.withPropertyValues("management.endpoint.persistentconn.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnEndpoint.class));
		this.exposed.withPropertyValues("persistent-conn.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnEndpoint.class));
	}

	@Test
	void endpointAndMemoryCanBeReplaced() {
		this.exposed.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(PersistentConnEndpoint.class)
				.hasSingleBean(RecentEvents.class)
				.hasBean("ownEndpoint")
				.hasBean("ownEvents"));
	}

	private static PersistentConnEndpoint endpoint(AssertableApplicationContext context) {
		return context.getBean(PersistentConnEndpoint.class);
	}

	private static ConnectionDescriptor connection(AssertableApplicationContext context) {
		return endpoint(context).overview().connections().get("quotes");
	}

	private static ServerDescriptor server(AssertableApplicationContext context) {
		return endpoint(context).overview().servers().get("quotes");
	}

	private static void awaitConnects(AssertableApplicationContext context, int connects) {
		await().atMost(LONG).until(() -> context.getBean(PersistentConnection.class).status().connects() == connects);
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		RecentEvents ownEvents() {
			return new RecentEvents();
		}

		@Bean
		PersistentConnEndpoint ownEndpoint(PersistentConnections connections, TcpServers servers,
				ServerStatuses statuses, Subscriptions subscriptions, RecentEvents events) {
			return new PersistentConnEndpoint(connections, servers, statuses, subscriptions, events);
		}

	}

}
