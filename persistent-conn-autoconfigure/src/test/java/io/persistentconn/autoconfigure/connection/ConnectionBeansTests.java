package io.persistentconn.autoconfigure.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpHandler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class ConnectionBeansTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void eachEntryIsABeanWithItsNameAsQualifier() {
		Contexts
			.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
					"persistent-conn.connections.order-book.addresses=" + Listener.nobody())
			.withUserConfiguration(InjectsTwo.class)
			.run((context) -> {
				assertThat(context).hasBean("quotesConnection").hasBean("orderBookConnection");
				InjectsTwo injected = context.getBean(InjectsTwo.class);
				assertThat(injected.quotes).isSameAs(context.getBean("quotesConnection"));
				assertThat(injected.orders).isSameAs(context.getBean("orderBookConnection"));
				assertThat(injected.connections.names()).containsExactly("order-book", "quotes");
				assertThat(injected.connections.get("quotes")).isSameAs(injected.quotes);
				assertThat(injected.connections.tcp("quotes")).isSameAs(injected.quotes);
				assertThatIllegalArgumentException().isThrownBy(() -> injected.connections.get("qoutes"))
					.withMessage("name: \"qoutes\" (expected: one of order-book, quotes)");
			});
	}

	@Test
	void aSingleConnectionInjectsWithoutQualifier() {
		try (Listener listener = Listener.open()) {
			Contexts.runner("persistent-conn.connections.quotes.addresses=" + listener.address())
				.withUserConfiguration(InjectsOne.class)
				.run((context) -> {
					PersistentConnection<TcpConnection<?>> quotes = context.getBean(InjectsOne.class).quotes;
					try (Peer peer = listener.accept()) {
						quotes.awaitConnected(LONG).writer().write("hello");
						assertThat(peer.receive(5)).isEqualTo("hello");
					}
				});
		}
	}

	@Test
	void aServerAndAConnectionMayShareAName() {
		Contexts
			.runner("persistent-conn.servers.quotes.unix-socket=${java.io.tmpdir}/quotes-${random.uuid}",
					"persistent-conn.connections.quotes.addresses=" + Listener.nobody())
			.withBean(TcpHandler.class, Handlers::echo)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("quotesServer").hasBean("quotesConnection"));
	}

	@Test
	void nothingConnectsWhileBeansAreMade() {
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody())
			.withUserConfiguration(InjectsOne.class)
			.run((context) -> assertThat(context.getBean(InjectsOne.class).phase).isEqualTo(Phase.NOT_STARTED));
	}

	@Test
	void aMissingPeerDoesNotStopTheApplicationFromStarting() {
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody()).run((context) -> {
			assertThat(context).hasNotFailed();
			PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
			await().atMost(LONG).until(() -> quotes.status().failures() > 0);
			assertThat(quotes.status().phase()).isEqualTo(Phase.CONNECTING);
		});
	}

	@Test
	void anEntryThatTheApplicationDefinesAsABeanIsSkipped() {
		Contexts.runner("persistent-conn.connections.quotes.retry-delay=1s")
			.withUserConfiguration(OwnConnection.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(PersistentConnection.class);
				PersistentConnection<?> own = context.getBean(PersistentConnections.class).get("quotes");
				assertThat(own).isSameAs(context.getBean("quotesConnection"));
				await().atMost(LONG).until(() -> own.status().failures() > 0);
				assertThatIllegalArgumentException()
					.isThrownBy(() -> context.getBean(PersistentConnections.class).tcp("quotes"))
					.withMessageContaining("(expected: PersistentConnection<TcpConnection<?>>)");
			});
	}

	@Test
	void twoConnectionsOfOneNameAreRefused() {
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody())
			.withBean("other", PersistentConnection.class, OwnConnection::connection)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage(
						"The beans other and quotesConnection are both named \"quotes\" (expected: different names)"));
	}

	/** Fails every attempt. */
	@Configuration(proxyBeanMethods = false)
	static class OwnConnection {

		@Bean
		PersistentConnection<AsyncCloseable> quotesConnection() {
			return connection();
		}

		static PersistentConnection<AsyncCloseable> connection() {
			return PersistentConnection
				.<String, AsyncCloseable>builder("quotes",
						(context, address) -> CompletableFuture.failedFuture(new IllegalStateException("no")))
				.address(() -> CompletableFuture.completedFuture("nowhere"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectsOne {

		private final PersistentConnection<TcpConnection<?>> quotes;

		private final Phase phase;

		InjectsOne(PersistentConnection<TcpConnection<?>> quotes) {
			this.quotes = quotes;
			this.phase = quotes.status().phase();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectsTwo {

		private final PersistentConnection<TcpConnection<?>> quotes;

		private final PersistentConnection<?> orders;

		private final PersistentConnections connections;

		InjectsTwo(@Qualifier("quotes") PersistentConnection<TcpConnection<?>> quotes,
				@Qualifier("order-book") PersistentConnection<?> orders, PersistentConnections connections) {
			this.quotes = quotes;
			this.orders = orders;
			this.connections = connections;
		}

	}

}
