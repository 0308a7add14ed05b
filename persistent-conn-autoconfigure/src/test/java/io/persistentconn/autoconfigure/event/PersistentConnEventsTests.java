package io.persistentconn.autoconfigure.event;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.persistentconn.autoconfigure.PersistentConnEventsAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.FakeConnection;
import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PersistentConnEventsTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = Contexts.runner()
		.withConfiguration(AutoConfigurations.of(PersistentConnEventsAutoConfiguration.class))
		.withBean(Listener.class);

	@Test
	void listenersHearOfAConnectionInOrderAndOffItsOwner() {
		FakePeer peer = new FakePeer();
		List<String> heard = new CopyOnWriteArrayList<>();
		this.runner.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(peer))
			.run((context) -> {
				Listener listener = context.getBean(Listener.class);
				listener.awaitLast("Connected[quotes, peer:1]");
				peer.last().lose(new IOException("reset"));
				await().atMost(LONG).until(() -> context.getBean(PersistentConnection.class).status().connects() == 2);
				context.getBean(PersistentConnection.class).closeAsync();
				listener.awaitLast("Closed[quotes]");
				assertThat(listener.threads()).containsOnly("persistent-conn-events");
				heard.addAll(listener.names());
			});
		assertThat(heard).containsExactly("Attempting", "ObtainedAddress", "Connected", "Disconnected", "Attempting",
				"ObtainedAddress", "Connected", "Disconnected", "Closed");
	}

	@Test
	void listenersHearOfAServerThatDrainsBeforeItStops() {
		CompletableFuture<Void> handling = new CompletableFuture<>();
		CompletableFuture<Void> mayFinish = new CompletableFuture<>();
		server((client, reader, writer) -> {
			handling.complete(null);
			return mayFinish;
		}).withPropertyValues("persistent-conn.servers.quotes.max-connections=1").run((context) -> {
			Listener listener = context.getBean(Listener.class);
			TcpServer<?, ?> server = context.getBean(TcpServer.class);
			SocketAddress address = server.listeningOnAddress();
			try (Peer peer = Peer.of(server)) {
				handling.join();
				CompletableFuture<Void> stop = CompletableFuture
					.runAsync(() -> context.getSourceApplicationContext().stop());
				listener.awaitLast("Draining[quotes, 1 connection(s)]");
				mayFinish.complete(null);
				peer.awaitClosed();
				stop.join();
				context.getSourceApplicationContext().start();
				listener.awaitSize(5);
				assertThat(listener.heard()).containsExactly("Listening[quotes, " + address + "]",
						"LimitReached[quotes, 1 connection(s)]", "Draining[quotes, 1 connection(s)]", "Stopped[quotes]",
						"Listening[quotes, " + server.listeningOnAddress() + "]");
			}
		});
	}

	@Test
	void aServerThatListensAgainDrainsNoMore() {
		CompletableFuture<Void> handling = new CompletableFuture<>();
		CompletableFuture<Void> mayFinish = new CompletableFuture<>();
		server((client, reader, writer) -> {
			handling.complete(null);
			return mayFinish;
		}).run((context) -> {
			TcpServer<?, ?> server = context.getBean(TcpServer.class);
			try (Peer peer = Peer.of(server)) {
				handling.join();
				server.stop(CloseExisting.NO).join();
				server.start().join();
				mayFinish.complete(null);
				peer.awaitClosed();
				server.noConnections().join();
				server.stop(CloseExisting.NO).join();
				Listener listener = context.getBean(Listener.class);
				listener.awaitSize(5);
				assertThat(listener.names()).containsExactly("Listening", "Draining", "Stopped", "Listening",
						"Stopped");
			}
		});
	}

	@Test
	void aHandlerThatFailsIsAnEventAndMayStopTheServer() {
		server((client, reader, writer) -> {
			throw new IllegalStateException("cannot handle");
		}).withPropertyValues("persistent-conn.servers.quotes.on-handler-error=raise").run((context) -> {
			try (Peer peer = Peer.of(context.getBean(TcpServer.class))) {
				peer.awaitClosed();
			}
			Listener listener = context.getBean(Listener.class);
			listener.awaitLast("Stopped[quotes, java.lang.IllegalStateException: cannot handle]");
			assertThat(listener.names()).containsExactly("Listening", "HandlerFailed", "Stopped");
		});
	}

	@Test
	void whatHappensWhileTheContextClosesIsStillHeard() {
		FakePeer peer = new FakePeer();
		Listener listener = new Listener();
		server(Handlers.echo()).withBean("heard", Listener.class, () -> listener)
			.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(peer))
			.run((context) -> listener.awaitSize(4));
		assertThat(listener.names()).containsExactlyInAnyOrder("Attempting", "ObtainedAddress", "Connected",
				"Listening", "Stopped", "Disconnected");
		assertThat(listener.names()).endsWith("Stopped", "Disconnected");
	}

	@Test
	void aStuckListenerDelaysNoConnection() {
		FakePeer peer = new FakePeer();
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch stuck = new CountDownLatch(1);
		this.runner.withBean("stuck", StuckListener.class, () -> new StuckListener(stuck, release))
			.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(peer))
			.run((context) -> {
				stuck.await();
				for (int connects = 1; connects <= 20; connects++) {
					int present = connects;
					await().atMost(LONG)
						.until(() -> context.getBean(PersistentConnection.class).status().connects() == present);
					peer.last().lose(new IOException("reset"));
				}
				assertThat(context.getBean(Listener.class).heard()).hasSizeLessThanOrEqualTo(1);
				release.countDown();
				await().atMost(LONG).until(() -> disconnects(context) == 20);
			});
	}

	@Test
	void aListenerThatIsStuckForEverDoesNotKeepTheContextFromClosing() {
		CountDownLatch stuck = new CountDownLatch(1);
		CompletableFuture<Thread> interrupted = new CompletableFuture<>();
		this.runner.withBean("stuck", StuckListener.class, () -> new StuckListener(stuck, new CountDownLatch(1)) {

			@Override
			void on(PersistentConnectionEvent.Attempting event) throws InterruptedException {
				try {
					super.on(event);
				}
				catch (InterruptedException ex) {
					interrupted.complete(Thread.currentThread());
				}
			}

		})
			.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(new FakePeer()))
			.run((context) -> stuck.await());
		assertThat(interrupted.join().getName()).isEqualTo("persistent-conn-events");
	}

	@Test
	void aConditionMayNameTheConnection() {
		FakePeer peer = new FakePeer();
		this.runner.withBean(Choosy.class)
			.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(peer))
			.withBean("ordersConnection", PersistentConnection.class,
					() -> peer.connection("orders").retryDelay(RetryDelay.constant(Duration.ofMillis(1))).build())
			.run((context) -> {
				context.getBean(Listener.class).awaitSize(6);
				assertThat(context.getBean(Choosy.class).heard).hasSize(1);
			});
	}

	@Test
	void aChildContextTellsOfItsOwnConnectionsAndTheParentHearsOfThem() {
		FakePeer peer = new FakePeer();
		this.runner.run((parent) -> this.runner.withParent(parent)
			.withBean("quotesConnection", PersistentConnection.class, () -> shortRetries(peer))
			.run((child) -> {
				child.getBean(Listener.class).awaitLast("Connected[quotes, peer:1]");
				parent.getBean(Listener.class).awaitLast("Connected[quotes, peer:1]");
				assertThat(child.getBean(Listener.class).heard()).hasSize(3);
			}));
	}

	@Test
	void noneIsPublishedWhereTheLibraryIsSwitchedOff() {
		this.runner.withPropertyValues("persistent-conn.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PersistentConnEventPublisher.class)
				.doesNotHaveBean(ServerStatuses.class));
		this.runner.run((context) -> assertThat(context).hasSingleBean(PersistentConnEventPublisher.class)
			.hasSingleBean(ServerStatuses.class));
	}

	@Test
	void publisherAndStatusesCanBeReplaced() {
		this.runner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(PersistentConnEventPublisher.class)
				.hasSingleBean(ServerStatuses.class)
				.hasBean("ownPublisher")
				.hasBean("ownStatuses"));
	}

	private ApplicationContextRunner server(TcpHandler<SocketAddress> handler) {
		return this.runner.withPropertyValues("persistent-conn.servers.quotes.port=0")
			.withBean("quotesHandler", TcpHandler.class, () -> handler);
	}

	private static PersistentConnection<FakeConnection> shortRetries(FakePeer peer) {
		return peer.connection("quotes").retryDelay(RetryDelay.constant(Duration.ofMillis(1))).build();
	}

	private static long disconnects(AssertableApplicationContext context) {
		return context.getBean(Listener.class).names().stream().filter("Disconnected"::equals).count();
	}

	static class Listener {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		private final List<String> names = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		@EventListener
		void on(PersistentConnEvent event) {
			assertThat(Thread.currentThread()).isNotInstanceOf(NonBlockingThread.class);
			this.threads.add(Thread.currentThread().getName());
			this.names.add(event.getClass().getSimpleName());
			this.heard.add(event.toString());
		}

		List<String> heard() {
			return this.heard;
		}

		List<String> names() {
			return this.names;
		}

		List<String> threads() {
			return this.threads;
		}

		void awaitLast(String event) {
			await().atMost(LONG).untilAsserted(() -> assertThat(this.heard).isNotEmpty().last().isEqualTo(event));
		}

		void awaitSize(int size) {
			await().atMost(LONG).untilAsserted(() -> assertThat(this.heard).hasSizeGreaterThanOrEqualTo(size));
		}

	}

	static class StuckListener {

		private final CountDownLatch stuck;

		private final CountDownLatch release;

		StuckListener(CountDownLatch stuck, CountDownLatch release) {
			this.stuck = stuck;
			this.release = release;
		}

		@EventListener
		void on(PersistentConnectionEvent.Attempting event) throws InterruptedException {
			this.stuck.countDown();
			this.release.await();
		}

	}

	static class Choosy {

		private final List<PersistentConnEvent> heard = new CopyOnWriteArrayList<>();

		@EventListener(condition = "#event.name == 'orders'")
		void on(PersistentConnectionEvent.Connected event) {
			this.heard.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		PersistentConnEventPublisher ownPublisher(PersistentConnections connections, TcpServers servers,
				Subscriptions subscriptions, ApplicationEventPublisher publisher) {
			return new PersistentConnEventPublisher(connections, servers, subscriptions, publisher);
		}

		@Bean
		ServerStatuses ownStatuses(TcpServers servers) {
			return new ServerStatuses(servers);
		}

	}

}
