package io.persistentconn.autoconfigure.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.ReadIdleTimeoutException;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.WhereToConnect;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an application may add to the connections of its properties.
 */
class ConnectionExtensionTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void addressSourcesAreAskedInOrderBeforeTheProperties() {
		try (Listener listener = Listener.open()) {
			Contexts
				.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
						"persistent-conn.connections.quotes.fail-fast=true",
						"persistent-conn.connections.orders.addresses=" + listener.address(),
						"persistent-conn.connections.orders.fail-fast=true", "listener=" + listener.address())
				.withUserConfiguration(AddressSources.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBean(PersistentConnections.class).get("quotes").currentConnection())
						.isPresent();
				});
		}
	}

	@Test
	void anAddressSourceIsAskedAnewBeforeEveryAttemptAndNeedsNoProperty() {
		try (Listener listener = Listener.open()) {
			List<WhereToConnect<?>> candidates = new CopyOnWriteArrayList<>();
			candidates.add(WhereToConnect.hostAndPort(HostAndPort.parse(Listener.nobody())));
			Contexts.runner("persistent-conn.connections.quotes.bind-to-address=127.0.0.2")
				.withBean(AddressSource.class,
						() -> (name) -> Optional.of(() -> CompletableFuture.completedFuture(List.copyOf(candidates))))
				.run((context) -> {
					PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
					await().atMost(LONG).until(() -> quotes.status().failures() == 1);
					candidates.set(0, WhereToConnect.hostAndPort(HostAndPort.parse(listener.address())));
					quotes.retryNow();
					try (Peer peer = listener.accept()) {
						assertThat(peer.channel().getRemoteAddress()).asString().startsWith("/127.0.0.2:");
					}
				});
		}
	}

	@Test
	void aRetryDelayBeanReplacesThePropertiesOfAllConnections() {
		Contexts
			.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
					"persistent-conn.connections.orders.addresses=" + Listener.nobody(),
					"persistent-conn.connections.orders.retry-delay=5s")
			.withBean(RetryDelay.class, () -> RetryDelay.constant(Duration.ofHours(10)).jittered(0))
			.run((context) -> {
				assertThat(nextAttemptIn(context, "quotes")).isGreaterThan(Duration.ofHours(9));
				assertThat(nextAttemptIn(context, "orders")).isGreaterThan(Duration.ofHours(9));
			});
	}

	@Test
	void aQualifiedRetryDelayBeanIsForThatConnection() {
		Contexts
			.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
					"persistent-conn.connections.orders.addresses=" + Listener.nobody())
			.withUserConfiguration(QualifiedRetryDelay.class)
			.run((context) -> {
				assertThat(nextAttemptIn(context, "quotes")).isGreaterThan(Duration.ofHours(9));
				assertThat(nextAttemptIn(context, "orders")).isLessThan(Duration.ofMinutes(1));
			});
	}

	@Test
	void severalRetryDelayBeansWithoutQualifierAreAmbiguousUnlessOneIsPrimary() {
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody())
			.withBean("one", RetryDelay.class, () -> RetryDelay.constant(Duration.ofHours(1)))
			.withBean("other", RetryDelay.class, () -> RetryDelay.constant(Duration.ofHours(1)))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'quotes' needs one RetryDelay, but these beans could all be meant: one, other"));
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody())
			.withBean("one", RetryDelay.class, () -> RetryDelay.constant(Duration.ofHours(1)))
			.withBean("other", RetryDelay.class, () -> RetryDelay.constant(Duration.ofHours(10)),
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(nextAttemptIn(context, "quotes")).isGreaterThan(Duration.ofHours(6)));
	}

	@Test
	void customizersAreAppliedInOrderAfterTheProperties() {
		Contexts
			.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
					"persistent-conn.connections.quotes.retry-delay=1s")
			.withUserConfiguration(Customizers.class)
			.run((context) -> assertThat(nextAttemptIn(context, "quotes")).isGreaterThan(Duration.ofHours(9)));
	}

	@Test
	void optionsCustomizersAreAppliedInOrderAfterTheProperties() {
		try (Listener listener = Listener.open()) {
			Contexts
				.runner("persistent-conn.connections.quotes.addresses=" + listener.address(),
						"persistent-conn.connections.quotes.read-idle-timeout=1h")
				.withUserConfiguration(OptionsCustomizers.class)
				.run((context) -> {
					TcpConnection<?> connection = context.getBean(PersistentConnections.class)
						.tcp("quotes")
						.awaitConnected(LONG);
					connection.closeFinished().join();
					assertThat(connection.closeReason()).containsInstanceOf(ReadIdleTimeoutException.class);
				});
		}
	}

	private static Duration nextAttemptIn(AssertableApplicationContext context, String name) {
		PersistentConnection<?> connection = context.getBean(PersistentConnections.class).get(name);
		await().atMost(LONG).until(() -> connection.status().nextAttempt().isPresent());
		return Duration.between(Instant.now(), connection.status().nextAttempt().orElseThrow());
	}

	@Configuration(proxyBeanMethods = false)
	static class AddressSources {

		@Bean
		@Order(2)
		AddressSource tooLate() {
			return (name) -> {
				assertThat(name).isEqualTo("orders");
				return Optional.empty();
			};
		}

		@Bean
		@Order(1)
		AddressSource directory(@Value("${listener}") String address) {
			return (name) -> name.equals("quotes")
					? Optional.of(() -> CompletableFuture
						.completedFuture(List.of(WhereToConnect.hostAndPort(HostAndPort.parse(address)))))
					: Optional.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedRetryDelay {

		@Bean
		@Qualifier("quotes")
		RetryDelay quotesDelay() {
			return RetryDelay.constant(Duration.ofHours(10)).jittered(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		PersistentConnectionCustomizer second() {
			return (name, builder) -> builder.retryDelay(RetryDelay.constant(Duration.ofHours(10)).jittered(0));
		}

		@Bean
		@Order(1)
		PersistentConnectionCustomizer first() {
			return (name, builder) -> builder.retryDelay(RetryDelay.constant(Duration.ofHours(1)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OptionsCustomizers {

		@Bean
		@Order(2)
		ConnectOptionsCustomizer second() {
			return (name, options) -> readIdleTimeout(options, Duration.ofMillis(50));
		}

		@Bean
		@Order(1)
		ConnectOptionsCustomizer first() {
			return (name, options) -> {
				assertThat(options.liveness().readIdleTimeout()).isEqualTo(Duration.ofHours(1));
				return readIdleTimeout(options, Duration.ofHours(2));
			};
		}

		private static ConnectOptions readIdleTimeout(ConnectOptions options, Duration timeout) {
			return options.withLiveness(options.liveness().withReadIdleTimeout(timeout));
		}

	}

}
