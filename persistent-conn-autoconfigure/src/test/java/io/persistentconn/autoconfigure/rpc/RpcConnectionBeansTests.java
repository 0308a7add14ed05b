package io.persistentconn.autoconfigure.rpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.connection.RpcConnectionCustomizer;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.versioned.ConnectionWithMenu;
import io.persistentconn.rpc.versioned.RpcConnectors;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class RpcConnectionBeansTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String QUOTES = "persistent-conn.connections.quotes.protocol=rpc";

	private static final String QUOTES_AT = "persistent-conn.connections.quotes.addresses=";

	@Test
	void eachEntryIsABeanOfItsProtocolWithItsNameAsQualifier() {
		Contexts
			.runner(QUOTES, QUOTES_AT + Listener.nobody(), "persistent-conn.connections.order-book.protocol=RPC",
					"persistent-conn.connections.order-book.addresses=" + Listener.nobody(),
					"persistent-conn.connections.raw.addresses=" + Listener.nobody())
			.withUserConfiguration(InjectsThree.class)
			.run((context) -> {
				InjectsThree injected = context.getBean(InjectsThree.class);
				assertThat(injected.quotes).isSameAs(context.getBean("quotesConnection"));
				assertThat(injected.orders).isSameAs(context.getBean("orderBookConnection"));
				assertThat(injected.raw).isSameAs(context.getBean("rawConnection"));
				PersistentConnections connections = context.getBean(PersistentConnections.class);
				assertThat(connections.rpc("quotes")).isSameAs(injected.quotes);
				assertThat(connections.tcp("raw")).isSameAs(injected.raw);
				assertThatIllegalArgumentException().isThrownBy(() -> connections.rpc("raw"))
					.withMessageContaining("(expected: PersistentConnection<RpcConnection>)");
				assertThatIllegalArgumentException().isThrownBy(() -> connections.tcp("quotes"))
					.withMessageContaining("(expected: PersistentConnection<TcpConnection<?>>)");
			});
	}

	@Test
	void aConnectionCallsTheServerOfTheSameApplication() {
		Contexts.runner(QUOTES, "persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0")
			.withUserConfiguration(ToOwnServer.class, Implements.class)
			.run((context) -> {
				RpcConnection connection = context.getBean(PersistentConnections.class)
					.rpc("quotes")
					.awaitConnected(LONG);
				assertThat(RpcPeer.get(rpc("for-servers").dispatch(connection, ""))).isEqualTo("for-servers");
			});
	}

	@Test
	void aConnectionOffersOnlyWhatItsNameQualifies() {
		try (RpcPeer server = RpcPeer.create()) {
			Contexts.runner(QUOTES, QUOTES_AT + server.listen())
				.withUserConfiguration(Implements.class)
				.run((context) -> {
					RpcConnection client = server.next();
					assertThat(RpcPeer.offered(client)).containsExactly("qualified");
					assertThat(RpcPeer.get(rpc("qualified").dispatch(client, ""))).isEqualTo("qualified");
				});
		}
	}

	@Test
	void whatAServerOfTheSameNameIsGivenAConnectionIsNot() {
		try (RpcPeer peer = RpcPeer.create()) {
			Contexts
				.runner(QUOTES, QUOTES_AT + peer.listen(), "persistent-conn.servers.quotes.protocol=rpc",
						"persistent-conn.servers.quotes.unix-socket=${java.io.tmpdir}/quotes-${random.uuid}")
				.withUserConfiguration(Implements.class)
				.run((context) -> assertThat(RpcPeer.offered(peer.next())).isEmpty());
		}
	}

	@Test
	void anEntryThatTheApplicationDefinesAsABeanIsSkipped() {
		Contexts.runner(QUOTES).withUserConfiguration(OwnConnection.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(PersistentConnection.class);
			PersistentConnection<RpcConnection> own = context.getBean(PersistentConnections.class).rpc("quotes");
			await().atMost(LONG).until(() -> own.status().failures() > 0);
			assertThat(own.status().lastError()).get().asString().contains("own");
		});
	}

	@Test
	void customizersAreAppliedInOrderAfterThePropertiesAndTheImplementations() {
		try (RpcPeer server = RpcPeer.create()) {
			Contexts.runner(QUOTES, QUOTES_AT + server.listen())
				.withUserConfiguration(Customizers.class, Implements.class)
				.run((context) -> {
					RpcConnection client = server.next();
					assertThat(client.protocolVersion()).isEqualTo(5);
					assertThat(RpcPeer.offered(client)).containsExactlyInAnyOrder("first", "qualified", "second");
				});
		}
	}

	@Test
	void aPeerThatRefusesTheClientIsAFailedAttemptThatSaysWhy() {
		try (RpcPeer server = RpcPeer.refusing("not on the list")) {
			Contexts.runner(QUOTES, QUOTES_AT + server.listen()).run((context) -> {
				PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
				await().atMost(LONG)
					.until(() -> quotes.status()
						.lastError()
						.filter((error) -> error.toString().contains("not on the list"))
						.isPresent());
			});
		}
	}

	@Test
	void threeRoundsOfStopAndStartWithTheSameBean() {
		try (RpcPeer server = RpcPeer
			.of(RpcOptions.defaults().withImplementations(Implementations.of(answering("server"))))) {
			Contexts.runner(QUOTES, QUOTES_AT + server.listen()).run((context) -> {
				PersistentConnection<RpcConnection> quotes = context.getBean(PersistentConnections.class).rpc("quotes");
				for (int round = 0; round < 3; round++) {
					RpcConnection connection = quotes.awaitConnected(LONG);
					assertThat(RpcPeer.get(rpc("server").dispatch(connection, ""))).isEqualTo("server");
					context.getSourceApplicationContext().stop();
					assertThat(connection.closeFinished()).isDone();
					RpcPeer.get(server.next().closeFinished());
					assertThat(quotes.status().phase()).isEqualTo(Phase.PAUSED);
					context.getSourceApplicationContext().start();
				}
				quotes.awaitConnected(LONG);
				assertThat(context.getBean("quotesConnection")).isSameAs(quotes);
			});
		}
	}

	@Test
	@Tag("R7")
	void theServerHearsWhyAnApplicationThatStopsLeavesIt() {
		try (RpcPeer server = RpcPeer.create()) {
			Contexts.runner(QUOTES, QUOTES_AT + server.listen())
				.withPropertyValues("server=${persistent-conn.connections.quotes.addresses}")
				.withUserConfiguration(WithMenu.class)
				.run((context) -> {
					List<RpcConnection> left = List.of(server.next(), server.next());
					for (PersistentConnection<?> connection : context.getBean(PersistentConnections.class)
						.all()
						.values()) {
						assertThat(connection.awaitConnected(LONG)).isNotNull();
					}
					context.getSourceApplicationContext().stop();
					assertThat(left).allSatisfy((connection) -> {
						RpcPeer.get(connection.closeFinished());
						assertThat(connection.closeReason()).get()
							.asString()
							.contains("closed by the peer: the application stops");
					});
				});
		}
	}

	@Test
	void aStopDoesNotWaitForTheHandshake() {
		try (Listener listener = Listener.open()) {
			Contexts
				.runner(QUOTES, QUOTES_AT + listener.address(),
						"persistent-conn.connections.quotes.handshake-timeout=10m",
						"spring.lifecycle.timeout-per-shutdown-phase=10m")
				.run((context) -> {
					try (Peer silent = listener.accept()) {
						assertThat(silent.receive(1)).hasSize(1);
						assertThat(CompletableFuture.runAsync(() -> context.getSourceApplicationContext().stop()))
							.succeedsWithin(LONG);
					}
				});
		}
	}

	private static Rpc<String, String> rpc(String name) {
		return Rpc.of(name, 1, BinCodecs.STRING, BinCodecs.STRING);
	}

	private static Implementation answering(String name) {
		return rpc(name).implementNow((context, text) -> name);
	}

	@Configuration(proxyBeanMethods = false)
	static class Implements {

		@Bean
		Implementation forServers() {
			return answering("for-servers");
		}

		@Bean
		@Qualifier("quotes")
		Implementation qualified() {
			return answering("qualified");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnection {

		@Bean
		PersistentConnection<RpcConnection> quotesConnection() {
			return PersistentConnection
				.<String, RpcConnection>builder("quotes",
						(context, address) -> CompletableFuture.failedFuture(new IllegalStateException("own")))
				.address(() -> CompletableFuture.completedFuture("nowhere"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithMenu {

		@Bean
		PersistentConnection<ConnectionWithMenu> withMenu(TcpClient client, @Value("${server}") String server) {
			return PersistentConnection
				.<HostAndPort, ConnectionWithMenu>builder("with-menu",
						RpcConnectors.withMenu(RpcConnectors.over(RpcClient.over(client))))
				.address(() -> CompletableFuture.completedFuture(HostAndPort.parse(server)))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		RpcConnectionCustomizer second() {
			return (name, end) -> {
				end.options((options) -> options.withMaxProtocolVersion(name.length() - 1));
				end.implementations().add(answering("second"));
			};
		}

		@Bean
		@Order(1)
		RpcConnectionCustomizer first() {
			return (name, end) -> {
				end.options((options) -> options.withMaxProtocolVersion(3));
				end.implementations().add(answering("first"));
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectsThree {

		private final PersistentConnection<RpcConnection> quotes;

		private final PersistentConnection<RpcConnection> orders;

		private final PersistentConnection<TcpConnection<?>> raw;

		InjectsThree(@Qualifier("quotes") PersistentConnection<RpcConnection> quotes,
				@Qualifier("order-book") PersistentConnection<RpcConnection> orders,
				PersistentConnection<TcpConnection<?>> raw) {
			this.quotes = quotes;
			this.orders = orders;
			this.raw = raw;
		}

	}

}
