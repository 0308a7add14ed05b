package io.persistentconn.autoconfigure.rpc;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.server.ServerFactory;
import io.persistentconn.autoconfigure.server.RpcServerCustomizer;
import io.persistentconn.autoconfigure.server.TcpServerCustomizer;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RpcServerBeansTests {

	private static final String QUOTES = "persistent-conn.servers.quotes.protocol=rpc";

	private static final String QUOTES_PORT = "persistent-conn.servers.quotes.port=0";

	@TempDir
	Path directory;

	@Test
	void eachEntryIsABeanOfItsProtocolWithItsNameAsQualifier() {
		Contexts
			.runner(QUOTES, QUOTES_PORT, "persistent-conn.servers.order-book.protocol=rpc",
					"persistent-conn.servers.order-book.unix-socket=" + this.directory.resolve("s"),
					"persistent-conn.servers.raw.port=0")
			.withUserConfiguration(InjectsThree.class, OneHandler.class)
			.run((context) -> {
				InjectsThree injected = context.getBean(InjectsThree.class);
				assertThat(injected.quotes).isSameAs(context.getBean("quotesServer"));
				assertThat(injected.typed).isSameAs(injected.quotes);
				assertThat(injected.orders).isSameAs(context.getBean("orderBookServer"));
				assertThat(injected.raw).isSameAs(context.getBean("rawServer"));
				TcpServers servers = context.getBean(TcpServers.class);
				assertThat(servers.names()).containsExactly("order-book", "quotes", "raw");
				assertThat(servers.all()).containsOnlyKeys("order-book", "quotes", "raw");
				assertThat(servers.rpc("quotes")).isSameAs(injected.quotes);
				assertThat(servers.get("quotes")).isSameAs(injected.quotes.tcp());
				assertThat(servers.get("raw")).isSameAs(injected.raw);
				assertThatIllegalArgumentException().isThrownBy(() -> servers.rpc("raw"))
					.withMessageStartingWith("name: \"raw\", a bean of another type (expected: RpcServer");
				assertThatIllegalArgumentException().isThrownBy(() -> servers.rpc("qoutes"))
					.withMessage("name: \"qoutes\" (expected: one of order-book, quotes, raw)");
			});
	}

	@Test
	void theOnlyTcpHandlerIsForTheOnlyTcpServerBesideOneOfRpcs() {
		Contexts.runner(QUOTES, QUOTES_PORT, "persistent-conn.servers.raw.port=0")
			.withUserConfiguration(OneHandler.class)
			.run((context) -> {
				try (Peer peer = Peer.of(context.getBean(TcpServers.class).get("raw"))) {
					assertThat(peer.receive(3)).isEqualTo("raw");
				}
			});
	}

	@Test
	void implementationsAreForAllServersUnlessTheirQualifierNamesOne() {
		Contexts
			.runner(QUOTES, QUOTES_PORT, "persistent-conn.servers.order-book.protocol=rpc",
					"persistent-conn.servers.order-book.unix-socket=" + this.directory.resolve("s"))
			.withUserConfiguration(ThreeImplementations.class)
			.run((context) -> {
				assertThat(offered(context, "quotes")).containsExactlyInAnyOrder("for-all", "for-quotes");
				assertThat(offered(context, "order-book")).containsExactlyInAnyOrder("for-all", "for-orders");
			});
	}

	@Test
	void aServerAnswersWhatIsImplemented() {
		Contexts.runner(QUOTES, QUOTES_PORT)
			.withUserConfiguration(ThreeImplementations.class)
			.run((context) -> assertThat(call(context, "for-all")).isEqualTo("for-all of [quotes]"));
	}

	@Test
	void aServerWithoutImplementationsOffersNothing() {
		Contexts.runner(QUOTES, QUOTES_PORT).run((context) -> assertThat(offered(context, "quotes")).isEmpty());
	}

	@Test
	void aServerOfAChildContextOffersWhatItsParentImplements() {
		Contexts.runner(QUOTES, QUOTES_PORT)
			.withUserConfiguration(ThreeImplementations.class)
			.run((parent) -> Contexts
				.runner("persistent-conn.servers.child.protocol=rpc", "persistent-conn.servers.child.port=0")
				.withParent(parent)
				.run((child) -> assertThat(offered(child, "child")).contains("for-all")));
	}

	@Test
	void anEntryThatTheApplicationDefinesAsABeanIsSkipped() {
		Contexts.runner(QUOTES, QUOTES_PORT)
			.withUserConfiguration(OwnServer.class, ThreeImplementations.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(RpcServer.class);
				assertThat(context.getBean(TcpServers.class).rpc("quotes")).isSameAs(context.getBean("quotesServer"));
				assertThat(offered(context, "quotes")).containsExactly("own");
			});
	}

	@Test
	void twoServersOfOneNameAreRefusedWhateverTheirProtocol() {
		Contexts.runner(QUOTES, QUOTES_PORT)
			.withUserConfiguration(OtherServer.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("The beans other and quotesServer are both named \"quotes\" (expected: different names)"));
	}

	@Test
	void customizersAreAppliedInOrderAfterThePropertiesAndTheImplementations() {
		Contexts.runner(QUOTES, QUOTES_PORT)
			.withUserConfiguration(Customizers.class, ThreeImplementations.class)
			.run((context) -> {
				assertThat(context.getBean(TcpServers.class).get("quotes").maxConnections()).isEqualTo(7);
				try (RpcPeer peer = RpcPeer.create()) {
					RpcConnection connection = peer.connect(context.getBean(TcpServers.class).get("quotes"));
					assertThat(connection.protocolVersion()).isEqualTo(5);
					assertThat(RpcPeer.offered(connection)).contains("for-all", "first", "second");
				}
			});
	}

	@Test
	void aServerOfTheApplicationOffersWhatItsEntryWouldIfItAsks() {
		Contexts
			.runner("persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=1",
					"persistent-conn.servers.raw.port=0")
			.withUserConfiguration(OwnServerOfAll.class, Customizers.class)
			.withBean(TcpHandler.class, () -> Handlers.greet("raw"))
			.withBean(Implementation.class, () -> answering("bean"))
			.run((context) -> {
				assertThat(context).hasSingleBean(RpcServer.class);
				assertThat(offered(context, "quotes")).contains("bean", "price", "first", "second");
				ServerFactory factory = context.getBean(ServerFactory.class);
				assertThatIllegalArgumentException().isThrownBy(() -> factory.rpcOptions("raw"))
					.withMessage(
							"name: \"raw\" (expected: that of an entry of persistent-conn.servers with protocol: rpc)");
				assertThatIllegalArgumentException().isThrownBy(() -> factory.rpcOptions("orders"))
					.withMessageContaining("orders");
			});
	}

	private static Iterable<String> offered(AssertableApplicationContext context, String server) {
		try (RpcPeer peer = RpcPeer.create()) {
			return RpcPeer.offered(peer.connect(context.getBean(TcpServers.class).get(server)));
		}
	}

	private static String call(AssertableApplicationContext context, String rpc) {
		try (RpcPeer peer = RpcPeer.create()) {
			RpcConnection connection = peer.connect(context.getBean(TcpServers.class).get("quotes"));
			return RpcPeer.get(rpc(rpc).dispatch(connection, ""));
		}
	}

	private static Rpc<String, String> rpc(String name) {
		return Rpc.of(name, 1, BinCodecs.STRING, BinCodecs.STRING);
	}

	private static Implementation answering(String name) {
		return rpc(name).implementNow((context, text) -> name);
	}

	@Configuration(proxyBeanMethods = false)
	static class OneHandler {

		@Bean
		TcpHandler<SocketAddress> handler() {
			return Handlers.greet("raw");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThreeImplementations {

		@Bean
		Implementation forAll(TcpServers servers) {
			return rpc("for-all").implementNow((context, text) -> "for-all of " + servers.names());
		}

		@Bean
		@Qualifier("quotes")
		Implementation forQuotes() {
			return answering("for-quotes");
		}

		@Bean
		@Qualifier("order-book")
		Implementation forOrders() {
			return answering("for-orders");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnServer {

		@Bean(destroyMethod = "closeAsync")
		RpcServer<InetSocketAddress, Integer> quotesServer(NettyTransport transport) {
			return RpcServer.over(TcpServer.builder(WhereToListen.portChosenByOs()).name("quotes").transport(transport),
					RpcOptions.defaults().withImplementations(Implementations.of(answering("own"))));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Prices.class)
	static class OwnServerOfAll {

		@Bean(name = "quotesServer", destroyMethod = "closeAsync")
		RpcServer<InetSocketAddress, Integer> own(NettyTransport transport, ServerFactory servers) {
			return RpcServer.over(TcpServer.builder(WhereToListen.portChosenByOs()).name("quotes").transport(transport),
					servers.rpcOptions("quotes"));
		}

	}

	@RpcService
	static class Prices {

		@RpcMapping
		CompletableFuture<Double> price(String symbol) {
			return CompletableFuture.completedFuture(1.5);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherServer {

		@Bean(destroyMethod = "closeAsync")
		TcpServer<InetSocketAddress, Integer> other(NettyTransport transport) {
			return TcpServer.builder(WhereToListen.portChosenByOs())
				.name("quotes")
				.transport(transport)
				.build(Handlers.greet("other")::handle);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		RpcServerCustomizer second() {
			return (name, end) -> {
				end.options((options) -> options.withMaxProtocolVersion(name.length() - 1));
				end.implementations().add(answering("second"));
			};
		}

		@Bean
		@Order(1)
		RpcServerCustomizer first() {
			return (name, end) -> {
				end.options((options) -> options.withMaxProtocolVersion(3).withValidator((peer) -> Optional.empty()));
				end.implementations().add(answering("first"));
			};
		}

		@Bean
		TcpServerCustomizer sockets() {
			return (name, builder) -> builder.maxConnections(7);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectsThree {

		private final RpcServer<?, ?> quotes;

		private final RpcServer<InetSocketAddress, Integer> typed;

		private final RpcServer<UnixDomainSocketAddress, Path> orders;

		private final TcpServer<?, ?> raw;

		InjectsThree(@Qualifier("quotes") RpcServer<?, ?> quotes, RpcServer<InetSocketAddress, Integer> typed,
				@Qualifier("order-book") RpcServer<UnixDomainSocketAddress, Path> orders, TcpServer<?, ?> raw) {
			this.quotes = quotes;
			this.typed = typed;
			this.orders = orders;
			this.raw = raw;
		}

	}

}
