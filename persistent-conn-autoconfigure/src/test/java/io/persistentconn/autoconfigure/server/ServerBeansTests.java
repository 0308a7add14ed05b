package io.persistentconn.autoconfigure.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpServerBuilder;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerBeansTests {

	@TempDir
	Path directory;

	@Test
	void eachEntryIsABeanWithItsNameAsQualifier() {
		Contexts
			.runner("persistent-conn.servers.quotes.port=0",
					"persistent-conn.servers.order-book.unix-socket=" + this.directory.resolve("s"))
			.withUserConfiguration(TwoHandlers.class, InjectsTwo.class)
			.run((context) -> {
				assertThat(context).hasBean("quotesServer").hasBean("orderBookServer");
				InjectsTwo injected = context.getBean(InjectsTwo.class);
				assertThat(injected.quotes).isSameAs(context.getBean("quotesServer"));
				assertThat(injected.typed).isSameAs(injected.quotes);
				assertThat(injected.orders).isSameAs(context.getBean("orderBookServer"));
				assertThat(injected.servers.names()).containsExactly("order-book", "quotes");
				assertThat(injected.servers.get("quotes")).isSameAs(injected.quotes);
				assertThatIllegalArgumentException().isThrownBy(() -> injected.servers.get("qoutes"))
					.withMessage("name: \"qoutes\" (expected: one of order-book, quotes)");
			});
	}

	@Test
	void aSingleServerInjectsWithoutQualifierAndUsesTheSingleHandler() {
		Contexts.runner("persistent-conn.servers.quotes.port=0")
			.withUserConfiguration(EchoHandler.class, InjectsOne.class)
			.run((context) -> {
				TcpServer<?, ?> server = context.getBean(InjectsOne.class).server;
				assertThat(server.name()).isEqualTo("quotes");
				try (Peer peer = Peer.of(server)) {
					assertThat(peer.send("hello").receive(5)).isEqualTo("hello");
				}
			});
	}

	@Test
	void eachServerUsesTheHandlerWithItsName() {
		Contexts
			.runner("persistent-conn.servers.quotes.port=0",
					"persistent-conn.servers.order-book.unix-socket=" + this.directory.resolve("s"))
			.withUserConfiguration(TwoHandlers.class)
			.run((context) -> {
				try (Peer quotes = Peer.of(context.getBean(TcpServers.class).get("quotes"));
						Peer orders = Peer.of(context.getBean(TcpServers.class).get("order-book"))) {
					assertThat(quotes.receive(6)).isEqualTo("quotes");
					assertThat(orders.receive(6)).isEqualTo("orders");
				}
			});
	}

	@Test
	void nothingListensWhileBeansAreMade() {
		Contexts.runner("persistent-conn.servers.quotes.port=0")
			.withUserConfiguration(EchoHandler.class, LooksAtOne.class)
			.run((context) -> {
				assertThat(context.getBean(LooksAtOne.class).wasListening).isFalse();
				assertThat(context.getBean("quotesServer", TcpServer.class).isListening()).isTrue();
			});
	}

	@Test
	void anEntryThatTheApplicationDefinesAsABeanIsSkipped() {
		Contexts.runner("persistent-conn.servers.quotes.port=0", "persistent-conn.servers.orders.port=0")
			.withUserConfiguration(TwoHandlers.class, OwnServer.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(OwnServer.class).getBeans(TcpServer.class).hasSize(2);
				TcpServer<?, ?> own = context.getBean("quotesServer", TcpServer.class);
				assertThat(own.maxConnections()).isEqualTo(3);
				assertThat(context.getBean(TcpServers.class).get("quotes")).isSameAs(own);
				assertThat(own.isListening()).isTrue();
			});
	}

	@Test
	void aHandlerMayInjectTheServers() {
		Contexts.runner("persistent-conn.servers.quotes.port=0")
			.withUserConfiguration(HandlerWithServers.class)
			.run((context) -> {
				try (Peer peer = Peer.of(context.getBean(TcpServers.class).get("quotes"))) {
					assertThat(peer.receive(8)).isEqualTo("[quotes]");
				}
			});
	}

	@Test
	void aChildContextUsesTheHandlersAndLeavesAloneTheServersOfItsParent() {
		Contexts.runner("persistent-conn.servers.parents.port=0")
			.withUserConfiguration(TwoHandlers.class)
			.withBean("parents", TcpHandler.class, Handlers::echo)
			.run((parent) -> Contexts.runner("persistent-conn.servers.quotes.port=0")
				.withParent(parent)
				.run((child) -> {
					try (Peer peer = Peer.of(child.getBean(TcpServers.class).get("quotes"))) {
						assertThat(peer.receive(6)).isEqualTo("quotes");
					}
					assertThat(child.getBean(TcpServers.class).names()).containsExactly("quotes");
					assertThat(child.getEnvironment().getProperty("local.persistent-conn.quotes.port")).isNotNull();
					assertThat(child.getEnvironment().getProperty("local.persistent-conn.parents.port")).isNotNull();
				}));
	}

	@Test
	void customizersAreAppliedInOrderAfterTheProperties() {
		Contexts.runner("persistent-conn.servers.quotes.port=0", "persistent-conn.servers.quotes.max-connections=1")
			.withUserConfiguration(EchoHandler.class)
			.withBean("second", TcpServerCustomizer.class,
					() -> ordered(2, (name, builder) -> builder.maxConnections(name.length())))
			.withBean("first", TcpServerCustomizer.class,
					() -> ordered(1, (name, builder) -> builder.maxConnections(1000)))
			.run((context) -> assertThat(context.getBean("quotesServer", TcpServer.class).maxConnections())
				.isEqualTo("quotes".length()));
	}

	private static TcpServerCustomizer ordered(int order, TcpServerCustomizer customizer) {
		return new OrderedCustomizer(order, customizer);
	}

	record OrderedCustomizer(int order, TcpServerCustomizer customizer) implements TcpServerCustomizer, Ordered {

		@Override
		public void customize(String name, TcpServerBuilder<?, ?> builder) {
			this.customizer.customize(name, builder);
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoHandler {

		@Bean
		TcpHandler<SocketAddress> echo() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoHandlers {

		@Bean
		@Qualifier("quotes")
		TcpHandler<SocketAddress> quotesHandler() {
			return Handlers.greet("quotes");
		}

		@Bean
		@Qualifier("order-book")
		TcpHandler<SocketAddress> ordersHandler() {
			return Handlers.greet("orders");
		}

		@Bean
		@Qualifier("orders")
		TcpHandler<SocketAddress> otherHandler() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerWithServers {

		@Bean
		TcpHandler<SocketAddress> handler(TcpServers servers) {
			return (client, reader, writer) -> {
				writer.write(servers.names().toString());
				return Handlers.untilPeerCloses(reader);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnServer {

		@Bean(destroyMethod = "closeAsync")
		TcpServer<InetSocketAddress, Integer> quotesServer(NettyTransport transport) {
			return TcpServer.builder(WhereToListen.portChosenByOs())
				.name("quotes")
				.transport(transport)
				.maxConnections(3)
				.build(Handlers.greet("own")::handle);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectsOne {

		private final TcpServer<?, ?> server;

		InjectsOne(TcpServer<?, ?> server) {
			this.server = server;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectsTwo {

		private final TcpServer<?, ?> quotes;

		private final TcpServer<InetSocketAddress, Integer> typed;

		private final TcpServer<UnixDomainSocketAddress, Path> orders;

		private final TcpServers servers;

		InjectsTwo(@Qualifier("quotes") TcpServer<?, ?> quotes, TcpServer<InetSocketAddress, Integer> typed,
				@Qualifier("order-book") TcpServer<UnixDomainSocketAddress, Path> orders, TcpServers servers) {
			this.quotes = quotes;
			this.typed = typed;
			this.orders = orders;
			this.servers = servers;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LooksAtOne {

		private final boolean wasListening;

		LooksAtOne(TcpServer<?, ?> server) {
			this.wasListening = server.isListening();
		}

	}

}
