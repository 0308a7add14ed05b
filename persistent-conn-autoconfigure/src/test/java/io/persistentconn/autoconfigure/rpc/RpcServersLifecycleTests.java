package io.persistentconn.autoconfigure.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.server.TcpServerDrainListener;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.RpcHandler;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class RpcServersLifecycleTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final CompletableFuture<Void> handling = new CompletableFuture<>();

	private final CompletableFuture<String> answer = new CompletableFuture<>();

	@Test
	@Tag("T14")
	void threeRoundsOfStopAndStartWithTheSameBean() {
		runner((context, text) -> CompletableFuture.completedFuture(text)).run((context) -> {
			RpcServer<?, ?> server = context.getBean("quotesServer", RpcServer.class);
			for (int round = 0; round < 3; round++) {
				int port = context.getEnvironment()
					.getRequiredProperty("local.persistent-conn.quotes.port", Integer.class);
				assertThat(server.tcp().listeningOn()).isEqualTo(port);
				try (RpcPeer peer = RpcPeer.create()) {
					RpcConnection client = peer.connect(server.tcp());
					assertThat(RpcPeer.get(RpcPeer.ECHO.dispatch(client, "hello"))).isEqualTo("hello");
					context.getSourceApplicationContext().stop();
					RpcPeer.get(client.closeFinished());
					assertThat(client.closeReason()).get()
						.asString()
						.contains("closed by the peer: ", "the server stops");
				}
				assertThat(server.tcp().isListening()).isFalse();
				assertThat(server.isClosed()).isFalse();
				context.getSourceApplicationContext().start();
			}
			assertThat(context.getBean("quotesServer")).isSameAs(server);
		});
	}

	@Test
	void theEndOfTheContextClosesForGood() {
		List<RpcServer<?, ?>> servers = new ArrayList<>();
		runner(this::answerLater).run((context) -> servers.add(context.getBean(RpcServer.class)));
		assertThat(servers.get(0).isClosed()).isTrue();
		assertThat(servers.get(0).closeFinished()).isDone();
	}

	@Test
	@Tag("R7")
	void openCallsMayFinishWithinTheGracePeriodAndNewOnesFail() {
		runner(this::answerLater)
			.withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=10m",
					"spring.lifecycle.timeout-per-shutdown-phase=10m")
			.run((context) -> {
				RpcServer<?, ?> server = context.getBean(RpcServer.class);
				try (RpcPeer peer = RpcPeer.create()) {
					RpcConnection client = peer.connect(server.tcp());
					CompletableFuture<String> open = RpcPeer.ECHO.dispatch(client, "hello");
					RpcPeer.get(this.handling);
					CompletableFuture<Void> stop = CompletableFuture
						.runAsync(() -> context.getSourceApplicationContext().stop());
					await().atMost(LONG).until(client::isClosed);
					assertThat(server.tcp().isListening()).isFalse();
					assertClosed(RpcPeer.ECHO.dispatch(client, "too late"));
					assertThat(stop).isNotDone();
					this.answer.complete("bye");
					assertThat(RpcPeer.get(open)).isEqualTo("bye");
					RpcPeer.get(stop);
					RpcPeer.get(client.closeFinished());
					assertThat(client.closeReason()).get().asString().contains("the server stops");
					// Its socket is closed by now, its handler may have a word to say.
					await().atMost(LONG).until(() -> server.tcp().numConnections() == 0);
				}
			});
	}

	@Test
	@Tag("R7")
	void callsThatDoNotFinishWithinTheGracePeriodFailWithTheReason(CapturedOutput output) {
		List<Integer> draining = new ArrayList<>();
		runner(this::answerLater).withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=50ms")
			.withBean(TcpServerDrainListener.class, () -> (server, gracePeriod) -> {
				assertThat(gracePeriod).hasMillis(50);
				draining.add(server.numConnections());
			})
			.run((context) -> {
				try (RpcPeer peer = RpcPeer.create()) {
					RpcConnection client = peer.connect(context.getBean(TcpServers.class).get("quotes"));
					CompletableFuture<String> open = RpcPeer.ECHO.dispatch(client, "hello");
					RpcPeer.get(this.handling);
					context.getSourceApplicationContext().stop();
					assertClosed(open);
					RpcPeer.get(client.closeFinished());
					assertThat(client.closeReason()).get().asString().contains("the server stops");
				}
			});
		assertThat(draining).containsExactly(1);
		assertThat(output).contains("Server quotes: closes 1 client(s) that did not finish within PT0.05S");
	}

	@Test
	void oneWhoShakesHandsDuringTheGracePeriodIsToldToo() {
		runner(this::answerLater)
			.withPropertyValues("persistent-conn.servers.quotes.shutdown.grace-period=10m",
					"spring.lifecycle.timeout-per-shutdown-phase=10m")
			.run((context) -> {
				RpcServer<?, ?> server = context.getBean(RpcServer.class);
				try (RpcPeer peer = RpcPeer.create(); RpcPeer slow = RpcPeer.create()) {
					RpcConnection client = peer.connect(server.tcp());
					CompletableFuture<RpcConnection> handshake = slow.connectWithoutHandshake(server.tcp());
					await().atMost(LONG).until(() -> server.tcp().numConnections() == 2);
					RpcPeer.ECHO.dispatch(client, "hello");
					RpcPeer.get(this.handling);
					CompletableFuture<Void> stop = CompletableFuture
						.runAsync(() -> context.getSourceApplicationContext().stop());
					await().atMost(LONG).until(client::isClosed);
					slow.shakeHands();
					RpcConnection late = RpcPeer.get(handshake);
					await().atMost(LONG).until(() -> server.connections().size() == 2);
					this.answer.complete("bye");
					RpcPeer.get(stop);
					RpcPeer.get(late.closeFinished());
					assertThat(late.closeReason()).get().asString().contains("the server stops");
				}
			});
	}

	private CompletableFuture<String> answerLater(Object context, String text) {
		this.handling.complete(null);
		return this.answer;
	}

	private static void assertClosed(CompletableFuture<String> call) {
		assertThat(call).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(RpcException.class,
					(ex) -> assertThat(ex.error()).isInstanceOf(RpcError.ConnectionClosed.class));
	}

	private static ApplicationContextRunner runner(RpcHandler<String, String> handler) {
		return Contexts.runner("persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0")
			.withBean(Implementation.class, () -> RpcPeer.ECHO.implement(handler));
	}

}
