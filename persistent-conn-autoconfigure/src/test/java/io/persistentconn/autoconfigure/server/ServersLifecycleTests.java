package io.persistentconn.autoconfigure.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ServersLifecycleTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	@Tag("T14")
	void threeRoundsOfStopAndStartWithTheSameBean() {
		runner(Handlers.echo()).run((context) -> {
			TcpServer<?, ?> server = context.getBean("quotesServer", TcpServer.class);
			for (int round = 0; round < 3; round++) {
				assertThat(server.isListening()).isTrue();
				int port = context.getEnvironment()
					.getRequiredProperty("local.persistent-conn.quotes.port", Integer.class);
				assertThat(port).isEqualTo(server.listeningOn());
				try (Peer peer = Peer.of(server)) {
					assertThat(peer.send("hello").receive(5)).isEqualTo("hello");
				}
				context.getSourceApplicationContext().stop();
				assertThat(server.isListening()).isFalse();
				assertThat(server.isClosed()).isFalse();
				context.getSourceApplicationContext().start();
			}
			assertThat(context.getBean("quotesServer")).isSameAs(server);
		});
	}

	@Test
	void theEndOfTheContextClosesForGood() {
		List<TcpServer<?, ?>> servers = new ArrayList<>();
		runner(Handlers.echo()).run((context) -> servers.add(context.getBean("quotesServer", TcpServer.class)));
		assertThat(servers.get(0).isClosed()).isTrue();
		assertThat(servers.get(0).closeFinished()).isDone();
	}

	@Test
	void whoIsConnectedMayFinishWithinTheGracePeriod() {
		CompletableFuture<TcpWriter> handling = new CompletableFuture<>();
		CompletableFuture<Void> mayFinish = new CompletableFuture<>();
		runner((client, reader, writer) -> {
			handling.complete(writer);
			return mayFinish;
		}).withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=10m",
				"spring.lifecycle.timeout-per-shutdown-phase=10m")
			.run((context) -> {
				TcpServer<?, ?> server = context.getBean("quotesServer", TcpServer.class);
				try (Peer peer = Peer.of(server)) {
					TcpWriter writer = handling.join();
					CompletableFuture<Void> stop = CompletableFuture
						.runAsync(() -> context.getSourceApplicationContext().stop());
					await().atMost(LONG).until(() -> !server.isListening());
					assertThatExceptionOfType(Exception.class).isThrownBy(() -> Peer.of(server));
					writer.write("bye");
					assertThat(peer.receive(3)).isEqualTo("bye");
					assertThat(stop).isNotDone();
					mayFinish.complete(null);
					peer.awaitClosed();
					stop.join();
					assertThat(server.numConnections()).isZero();
				}
			});
	}

	@Test
	void aHandlerThatWaitsForItsClientHoldsNobodyUp() {
		runner(Handlers.echo())
			.withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=10m",
					"spring.lifecycle.timeout-per-shutdown-phase=10m")
			.run((context) -> {
				try (Peer peer = Peer.of(context.getBean("quotesServer", TcpServer.class))) {
					assertThat(peer.send("hello").receive(5)).isEqualTo("hello");
					context.getSourceApplicationContext().stop();
					assertThat(peer.receive(1)).isEmpty();
				}
			});
	}

	@Test
	void whoDoesNotFinishWithinTheGracePeriodIsClosed(CapturedOutput output) {
		CompletableFuture<Void> handling = new CompletableFuture<>();
		List<Integer> draining = new ArrayList<>();
		runner((client, reader, writer) -> {
			handling.complete(null);
			return reader.closeFinished();
		}).withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=50ms")
			.withBean(TcpServerDrainListener.class, () -> (server, gracePeriod) -> {
				assertThat(gracePeriod).hasMillis(50);
				draining.add(server.numConnections());
			})
			.run((context) -> {
				try (Peer peer = Peer.of(context.getBean("quotesServer", TcpServer.class))) {
					handling.join();
					context.getSourceApplicationContext().stop();
					peer.awaitClosed();
				}
			});
		assertThat(draining).containsExactly(1);
		assertThat(output).contains("Server quotes: closes 1 client(s) that did not finish within PT0.05S");
	}

	@Test
	void aGracePeriodAboveThePhaseTimeoutWarns(CapturedOutput output) {
		runner(Handlers.echo())
			.withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=40s",
					"spring.lifecycle.timeout-per-shutdown-phase=35s")
			.run((context) -> assertThat(output).contains("Server quotes: the grace period of PT40S is cut short by "
					+ "spring.lifecycle.timeout-per-shutdown-phase, which is PT35S"));
	}

	@Test
	void aGracePeriodWithinThePhaseTimeoutDoesNot(CapturedOutput output) {
		runner(Handlers.echo()).withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=30s")
			.run((context) -> assertThat(output).doesNotContain("cut short"));
	}

	@Test
	void aThreadKeepsTheApplicationAliveWhileServersListen() {
		runner(Handlers.echo()).run((context) -> {
			assertThat(keepAliveThreads()).hasSize(1).noneMatch(Thread::isDaemon);
			context.getSourceApplicationContext().stop();
			await().atMost(LONG).until(() -> keepAliveThreads().isEmpty());
			context.getSourceApplicationContext().start();
			assertThat(keepAliveThreads()).hasSize(1);
		});
		await().atMost(LONG).until(() -> keepAliveThreads().isEmpty());
	}

	@Test
	void withoutServersThereIsNoSuchThread() {
		Contexts.runner().run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(ServersLifecycle.class);
			assertThat(keepAliveThreads()).isEmpty();
		});
	}

	@Test
	void aServerThatTheApplicationClosedStaysClosed() throws IOException {
		runner(Handlers.echo()).run((context) -> {
			TcpServer<?, ?> server = context.getBean("quotesServer", TcpServer.class);
			server.closeAsync().join();
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(context.isRunning()).isTrue();
			assertThat(server.isListening()).isFalse();
		});
	}

	private static ApplicationContextRunner runner(TcpHandler<SocketAddress> handler) {
		return Contexts.runner("persistent-conn.servers.quotes.port=0").withBean(TcpHandler.class, () -> handler);
	}

	private static List<Thread> keepAliveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("persistent-conn-keep-alive"))
			.toList();
	}

}
