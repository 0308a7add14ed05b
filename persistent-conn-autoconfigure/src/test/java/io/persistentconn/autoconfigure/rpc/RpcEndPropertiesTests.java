package io.persistentconn.autoconfigure.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcTimeoutException;
import io.persistentconn.rpc.protocol.HandshakeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each property of RPCs changes what a server does, and what a connection does.
 */
class RpcEndPropertiesTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@ParameterizedTest
	@EnumSource
	@Tag("R8")
	void maxMessageSizeIsHowLongAMessageMayBe(End end) {
		String longText = "x".repeat(4000);
		end.run(RpcOptions.defaults(), (peer) -> assertThat(echo(peer, longText)).isEqualTo(longText));
		end.run(RpcOptions.defaults(), (peer) -> {
			assertThat(echo(peer, "short")).isEqualTo("short");
			assertThat(RpcPeer.ECHO.dispatch(peer, longText)).failsWithin(LONG);
			RpcPeer.get(peer.closeFinished());
			assertThat(peer.closeReason()).get().asString().contains("closed by the peer: ", "1024");
		}, "max-message-size=1KB");
	}

	@ParameterizedTest
	@EnumSource
	@Tag("R2")
	void heartbeatSendEveryIsHowOftenASignOfLifeIsGiven(End end) {
		end.run(RpcOptions.defaults(), (peer) -> {
			long before = peer.bytesRead();
			await().atMost(LONG).until(() -> peer.bytesRead() > before + 1000);
		}, "heartbeat.send-every=2ms");
	}

	@ParameterizedTest
	@EnumSource
	@Tag("R2")
	void heartbeatTimeoutIsHowLongThePeerMayBeSilent(End end) {
		end.run(RpcOptions.defaults().withHeartbeat(Heartbeat.never()), (peer) -> {
			RpcPeer.get(peer.closeFinished());
			assertThat(peer.closeReason()).get()
				.asString()
				.contains("closed by the peer: ", "no sign of life for PT0.05S");
		}, "heartbeat.send-every=10ms", "heartbeat.timeout=50ms");
	}

	@ParameterizedTest
	@EnumSource
	@Tag("R2")
	void aSendEveryOfZeroIsNoHeartbeat(End end) {
		assertThat(bytesOfAnEcho(end, "heartbeat.send-every=0", "heartbeat.timeout=1ms"))
			.isLessThan(bytesOfAnEcho(end, "heartbeat.send-every=1h", "heartbeat.timeout=2h"));
	}

	/** The first heartbeat comes before any answer. */
	private static long bytesOfAnEcho(End end, String... properties) {
		CompletableFuture<Long> bytes = new CompletableFuture<>();
		end.run(RpcOptions.defaults().withHeartbeat(Heartbeat.never()), (peer) -> {
			assertThat(echo(peer, "hello")).isEqualTo("hello");
			bytes.complete(peer.bytesRead());
		}, properties);
		return bytes.join();
	}

	@ParameterizedTest
	@EnumSource
	@Tag("R2")
	void heartbeatStyleIsWhetherAProcessThatWasStalledTakesItsPeerForDead(End end) {
		assertThat(survivesAStall(end, "number-of-heartbeats")).isTrue();
		assertThat(survivesAStall(end, "elapsed-time")).isFalse();
	}

	/**
	 * Whether a call succeeds after the event loop stood still for longer than the
	 * timeout.
	 */
	private static boolean survivesAStall(End end, String style) {
		CompletableFuture<Boolean> survives = new CompletableFuture<>();
		CountDownLatch never = new CountDownLatch(1);
		Implementation stall = RpcPeer.ECHO.implementNow((context, text) -> {
			if (text.equals("stall")) {
				assertThat(never.await(3, TimeUnit.SECONDS)).isFalse();
			}
			return text;
		});
		end.run(stall, RpcOptions.defaults().withHeartbeat(Heartbeat.never()), (peer) -> {
			assertThat(echo(peer, "the handshake is over")).isNotEmpty();
			assertThat(echo(peer, "stall")).isEqualTo("stall");
			survives.complete(RpcPeer.get(RpcPeer.ECHO.dispatch(peer, "x").handle((answer, error) -> error == null)));
		}, "heartbeat.send-every=2s", "heartbeat.timeout=2500ms", "heartbeat.style=" + style);
		return survives.join();
	}

	@Test
	@Tag("R1")
	void handshakeTimeoutIsHowLongAServerWaitsForAClient() {
		End.SERVER.runner("handshake-timeout=50ms").run((context) -> {
			try (Peer silent = Peer.of(context.getBean(TcpServers.class).get("quotes"))) {
				assertThat(CompletableFuture.runAsync(silent::awaitClosed)).succeedsWithin(Duration.ofSeconds(20));
			}
		});
	}

	@Test
	@Tag("R1")
	void handshakeTimeoutIsHowLongAConnectionWaitsForItsServer() {
		try (Listener listener = Listener.open()) {
			End.CONNECTION.runner("handshake-timeout=50ms", "addresses=" + listener.address()).run((context) -> {
				PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
				await().atMost(LONG).until(() -> quotes.status().failures() > 0);
				assertThat(quotes.status().lastError()).get()
					.isInstanceOf(HandshakeException.class)
					.asString()
					.contains("nothing came within PT0.05S");
			});
		}
	}

	/** The connection without a limit was asked first, and still waits. */
	@Test
	@Tag("R12")
	void callsTimeoutIsHowLongAnAnswerIsWaitedFor() {
		Implementation never = RpcPeer.ECHO.implement((context, text) -> new CompletableFuture<>());
		try (RpcPeer server = RpcPeer.of(RpcOptions.defaults().withImplementations(Implementations.of(never)))) {
			String address = server.listen();
			End.CONNECTION.runner("calls.timeout=50ms", "addresses=" + address)
				.withPropertyValues("persistent-conn.connections.patient.protocol=rpc",
						"persistent-conn.connections.patient.calls.timeout=0",
						"persistent-conn.connections.patient.addresses=" + address)
				.run((context) -> {
					PersistentConnections connections = context.getBean(PersistentConnections.class);
					CompletableFuture<String> waits = RpcPeer.ECHO
						.dispatch(connections.rpc("patient").awaitConnected(LONG), "x");
					assertThat(RpcPeer.ECHO.dispatch(connections.rpc("quotes").awaitConnected(LONG), "x"))
						.failsWithin(LONG)
						.withThrowableThat()
						.withCauseInstanceOf(RpcTimeoutException.class)
						.withMessageContaining("no answer within PT0.05S");
					assertThat(waits).isNotDone();
				});
		}
	}

	@Test
	void identificationIsWhatAServerKnowsItsClientBy() {
		End.CONNECTION.run(RpcOptions.defaults(), (peer) -> assertThat(peer.peerIdentification()).isEmpty());
		End.CONNECTION.run(RpcOptions.defaults(),
				(peer) -> assertThat(peer.peerIdentification().orElseThrow().text()).isEqualTo("desk-7"),
				"identification=desk-7");
	}

	private static String echo(RpcConnection peer, String text) {
		return RpcPeer.get(RpcPeer.ECHO.dispatch(peer, text));
	}

	/**
	 * An application with one entry, {@code quotes}, that answers the echo.
	 */
	enum End {

		SERVER("persistent-conn.servers.quotes.") {

			@Override
			void run(Implementation echo, RpcOptions options, Consumer<RpcConnection> peer, String... properties) {
				runner(properties).withBean("quotes", Implementation.class, () -> echo).run((context) -> {
					try (RpcPeer client = RpcPeer.of(options)) {
						peer.accept(client.connect(context.getBean(TcpServers.class).get("quotes")));
					}
				});
			}

			@Override
			ApplicationContextRunner runner(String... properties) {
				return super.runner(properties).withPropertyValues("persistent-conn.servers.quotes.port=0");
			}

		},

		CONNECTION("persistent-conn.connections.quotes.") {

			@Override
			void run(Implementation echo, RpcOptions options, Consumer<RpcConnection> peer, String... properties) {
				try (RpcPeer server = RpcPeer.of(options)) {
					runner(properties)
						.withPropertyValues("persistent-conn.connections.quotes.addresses=" + server.listen())
						.withBean("quotes", Implementation.class, () -> echo)
						.run((context) -> peer.accept(server.next()));
				}
			}

		};

		private final String prefix;

		End(String prefix) {
			this.prefix = prefix;
		}

		/** Does something with the peer's side of a connection. */
		abstract void run(Implementation echo, RpcOptions options, Consumer<RpcConnection> peer, String... properties);

		void run(RpcOptions options, Consumer<RpcConnection> peer, String... properties) {
			run(RpcPeer.ECHO.implementNow((context, text) -> text), options, peer, properties);
		}

		ApplicationContextRunner runner(String... properties) {
			ApplicationContextRunner runner = Contexts.runner(this.prefix + "protocol=rpc",
					"persistent-conn.netty.transport=nio");
			for (String property : properties) {
				runner = runner.withPropertyValues(this.prefix + property);
			}
			return runner;
		}

	}

}
