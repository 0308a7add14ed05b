package io.persistentconn.autoconfigure;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.persistentconn.autoconfigure.connection.ConnectionsLifecycle;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.netty.NettyCustomizer;
import io.persistentconn.autoconfigure.properties.NettyProperties.Transport;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.server.ServersLifecycle;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class AutoConfigurationTests {

	private static final String[] ONE_OF_EACH = { "persistent-conn.servers.quotes.port=0",
			"persistent-conn.connections.quotes.addresses=localhost:1" };

	@Test
	void springBootFindsIt() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(ONE_OF_EACH)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TcpServer.class)
				.hasSingleBean(PersistentConnection.class));
	}

	@Test
	void enabledFalseSwitchesAllOff() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(ONE_OF_EACH)
			.withPropertyValues("persistent-conn.enabled=false", "persistent-conn.servers.quotes.port=no port")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().getBeanDefinitionNames())
					.noneMatch((name) -> name.toLowerCase(Locale.ROOT).contains("persistentconn"))
					.doesNotContain("quotesServer", "quotesConnection");
			});
	}

	@Test
	void withoutEntriesThereAreNoEventLoops() {
		Contexts.runner().run((context) -> {
			assertThat(context).hasSingleBean(PersistentConnections.class).hasSingleBean(TcpServers.class);
			assertThat(context.getBean(PersistentConnections.class).names()).isEmpty();
			assertThat(context.getBeanFactory().containsSingleton("persistentConnNettyTransport")).isFalse();
		});
	}

	@Test
	void theEffectivePropertiesAreABean() {
		Contexts.runner(ONE_OF_EACH)
			.withPropertyValues("persistent-conn.defaults.server.max-connections=3")
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(TcpHandler.class, Handlers::echo)
			.run((context) -> assertThat(
					context.getBean(PersistentConnProperties.class).servers().get("quotes").maxConnections())
				.isEqualTo(3));
	}

	@Test
	void lazyInitializationStartsEverythingAllTheSame() {
		try (Listener listener = Listener.open()) {
			Contexts
				.runner("persistent-conn.servers.quotes.port=0",
						"persistent-conn.connections.quotes.addresses=" + listener.address())
				.withBean(TcpHandler.class, Handlers::echo)
				.withInitializer((context) -> context
					.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
				.run((context) -> {
					listener.accept().close();
					assertThat(context.getBean(TcpServer.class).isListening()).isTrue();
				});
		}
	}

	@Test
	void contextsInParallelDoNotKnowOfEachOther() {
		ApplicationContextRunner runner = Contexts.runner("persistent-conn.servers.quotes.port=0")
			.withBean(TcpHandler.class, Handlers::echo);
		runner.run((one) -> {
			CompletableFuture.runAsync(() -> runner.run((other) -> {
				assertThat(other.getBean(NettyTransport.class)).isNotSameAs(one.getBean(NettyTransport.class));
				assertEchoes(other.getBean(TcpServer.class));
				assertEchoes(one.getBean(TcpServer.class));
			})).join();
			assertEchoes(one.getBean(TcpServer.class));
		});
	}

	private static void assertEchoes(TcpServer<?, ?> server) {
		try (Peer peer = Peer.of(server)) {
			assertThat(peer.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	void transportIsTheKindOfSockets() {
		assertThat(transport("persistent-conn.netty.transport=nio")).isEqualTo("nio");
		assumeTrue(Epoll.isAvailable(), "epoll is not available on this platform");
		assertThat(transport("persistent-conn.netty.transport=epoll")).isEqualTo("epoll");
		assertThat(transport("persistent-conn.netty.transport=auto")).isEqualTo("epoll");
		assertThat(transport()).isEqualTo("epoll");
	}

	private static String transport(String... properties) {
		String[] name = new String[1];
		Contexts.runner(properties).run((context) -> name[0] = context.getBean(NettyTransport.class).name());
		return name[0];
	}

	@Test
	void eventLoopThreadsIsHowManyThereAre() {
		Contexts.runner("persistent-conn.netty.event-loop-threads=3")
			.run((context) -> assertThat(context.getBean(NettyTransport.class).eventLoopGroup()).hasSize(3));
		Contexts.runner()
			.run((context) -> assertThat(context.getBean(NettyTransport.class).eventLoopGroup())
				.hasSize(2 * Runtime.getRuntime().availableProcessors()));
	}

	@Test
	void nettyCustomizersAreAppliedInOrderAfterTheProperties() {
		Contexts.runner("persistent-conn.netty.event-loop-threads=3")
			.withUserConfiguration(NettyCustomizers.class)
			.run((context) -> {
				NettyTransport transport = context.getBean(NettyTransport.class);
				assertThat(transport.name()).isEqualTo("nio");
				assertThat(transport.eventLoopGroup()).hasSize(2);
				assertThat(
						CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), transport.next()).join())
					.startsWith("custom");
			});
	}

	@Test
	void aNettyCustomizerMayBringItsOwnEventLoops() {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		Contexts.runner()
			.withBean(NettyCustomizer.class, () -> (builder) -> builder.eventLoopGroup(group))
			.run((context) -> assertThat(context.getBean(NettyTransport.class).eventLoopGroup()).isSameAs(group));
		assertThat(group.isShuttingDown()).isFalse();
		group.shutdownGracefully().syncUninterruptibly();
	}

	@Test
	void theTransportCanBeReplaced() {
		Contexts.runner(ONE_OF_EACH)
			.withBean(TcpHandler.class, Handlers::echo)
			.withBean("mine", NettyTransport.class, () -> NettyTransport.nio(1, "mine"),
					(definition) -> definition.setDestroyMethodName("closeAsync"))
			.run((context) -> {
				assertThat(context).hasSingleBean(NettyTransport.class);
				EventExecutor loop = context.getBean(TcpServer.class).listeningSocket().eventLoop();
				assertThat(loop.parent()).isSameAs(context.getBean(NettyTransport.class).eventLoopGroup());
			});
	}

	@Test
	void theClientCanBeReplaced() {
		try (Listener listener = Listener.open()) {
			String port = listener.address().replaceAll(".*:", "");
			Contexts.runner("persistent-conn.connections.quotes.addresses=not-in-dns:" + port)
				.withUserConfiguration(OwnClient.class)
				.run((context) -> {
					assertThat(context).hasSingleBean(TcpClient.class);
					listener.accept().close();
				});
		}
	}

	@Test
	void theRegistriesCanBeReplaced() {
		Contexts.runner(ONE_OF_EACH)
			.withBean(TcpHandler.class, Handlers::echo)
			.withUserConfiguration(OwnRegistries.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(TcpServers.class).hasSingleBean(PersistentConnections.class);
				assertThat(context.getBean(TcpServer.class).isListening()).isTrue();
			});
	}

	@Test
	void theLifecyclesCanBeReplaced() {
		Contexts.runner(ONE_OF_EACH)
			.withBean(TcpHandler.class, Handlers::echo)
			.withUserConfiguration(OwnLifecycles.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(ServersLifecycle.class).hasSingleBean(ConnectionsLifecycle.class);
				assertThat(context.getBean(TcpServer.class).isListening()).isFalse();
				assertThat(context.getBean(PersistentConnection.class).status().phase()).isEqualTo(Phase.NOT_STARTED);
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TcpHandler<SocketAddress> handler() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NettyCustomizers {

		@Bean
		@Order(2)
		NettyCustomizer second() {
			return (builder) -> builder.threads(2).threadNamePrefix("custom");
		}

		@Bean
		@Order(1)
		NettyCustomizer first() {
			return (builder) -> builder.threads(1).transport(Transport.NIO);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		TcpClient client(NettyTransport transport) {
			return TcpClient.over(transport)
				.withResolver((host) -> List.of(InetAddress.getLoopbackAddress()), Runnable::run);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistries {

		@Bean
		TcpServers servers(ListableBeanFactory beans) {
			return new TcpServers(beans);
		}

		@Bean
		PersistentConnections connections(ListableBeanFactory beans) {
			return new PersistentConnections(beans);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLifecycles {

		@Bean
		ServersLifecycle servers(ListableBeanFactory beans, PersistentConnProperties properties,
				Environment environment) {
			return new ServersLifecycle(new TcpServers(new StaticListableBeanFactory()), properties, environment,
					List.of());
		}

		@Bean
		ConnectionsLifecycle connections(PersistentConnProperties properties) {
			return new ConnectionsLifecycle(new PersistentConnections(new StaticListableBeanFactory()), properties);
		}

	}

}
