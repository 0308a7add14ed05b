package io.persistentconn.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Instances that come and go, and other peers, over real sockets.
 */
class FleetTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final int port = Instance.freePort();

	private final String self = "localhost:" + this.port;

	@Test
	void anInstanceThatGoesAwayIsSeenLostAndThenConnected() {
		int otherPort = Instance.freePort();
		String other = "localhost:" + otherPort;
		try (Instance instance = Instance.start(this.port, this.self + "," + other)) {
			awaitState(instance, other, "connecting");
			try (Instance second = Instance.start(otherPort, this.self)) {
				awaitState(instance, other, "connected");
				awaitState(second, this.self, "connected");
				assertThat(instance.post("/api/log?text=hello&node=" + other).statusCode()).isEqualTo(204);
				assertThat(instance.timelineTexts(other)).contains("You sent it: hello");
				String heard = "fleet-vitals:" + this.port + " says: hello";
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(second.timelineTexts("vitals")).contains(heard));
			}
			awaitState(instance, other, "lost");
			assertThat(instance.post("/api/log?text=hello&node=" + other).statusCode()).isEqualTo(409);
			assertThat(instance.state(this.self)).isEqualTo("connected");
			try (Instance third = Instance.start(otherPort, this.self)) {
				awaitState(instance, other, "connected");
				awaitState(third, this.self, "connected");
			}
			awaitState(instance, other, "lost");
			assertThat(instance.timeline(other)).containsSubsequence("attempting", "failed", "connected", "lost",
					"attempting", "connected", "lost");
		}
	}

	@Test
	void aServerThatDropsNewcomersKeepsThemLostUntilItAcceptsAgain() {
		// So long a delay that only the button makes attempts.
		try (Instance instance = Instance.start(this.port, this.self,
				"--persistent-conn.defaults.connection.retry-delay=1d")) {
			awaitStateWithRetries(instance, "connected");
			instance.post("/api/accepting?value=false");
			assertThat(instance.state(this.self)).isEqualTo("connected");
			instance.post("/api/cut?node=" + this.self);
			awaitStateWithRetries(instance, "lost");
			await().atMost(PATIENCE).until(() -> {
				instance.post("/api/retry?node=" + this.self);
				return instance.snapshot().get("server").get("dropped").asInt() >= 2;
			});
			assertThat(instance.timelineTexts(this.self)).anyMatch((text) -> text.contains("header of the peer"));
			instance.post("/api/accepting?value=true");
			awaitStateWithRetries(instance, "connected");
		}
	}

	@Test
	void whoeverIsNoNodeIsExplained() throws IOException {
		NettyTransport transport = NettyTransport.nio(1, "test");
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			RpcServer<?, Integer> other = RpcServer
				.over(TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
					.transport(transport), RpcOptions.defaults())
				.start()
				.join();
			String silentNode = "localhost:" + silent.getLocalPort();
			String otherNode = "localhost:" + other.tcp().listeningOn();
			try (Instance instance = Instance.start(this.port, silentNode + "," + otherNode,
					"--persistent-conn.defaults.connection.handshake-timeout=300ms")) {
				await().atMost(PATIENCE).untilAsserted(() -> {
					assertThat(instance.timelineTexts(silentNode))
						.anyMatch((text) -> text.contains("nothing came within"));
					assertThat(instance.state(otherNode)).isEqualTo("connected");
					assertThat(instance.status(otherNode).get("vitals").get("error").asString())
						.startsWith("vitals v1: ");
				});
				assertThat(instance.status(otherNode).get("vitals").get("state").asString()).isEqualTo("connecting");
				assertThat(instance.status(otherNode).get("vitals").get("lastUpdate").isNull()).isTrue();
				assertThat(instance.timeline(otherNode)).as("attempts to subscribe are no news")
					.containsExactly("attempting", "connected");
			}
		}
		finally {
			transport.closeAsync().join();
		}
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void aNodeThatDoesNotParseIsExplained(CapturedOutput output) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> Instance.start(this.port, "localhost:99999"));
		assertThat(output).contains("persistent-conn.connections[localhost:99999].addresses", "fleet.nodes",
				"port: 99999 (expected: 0 to 65535)");
	}

	private void awaitStateWithRetries(Instance instance, String state) {
		await().atMost(PATIENCE).until(() -> {
			instance.post("/api/retry?node=" + this.self);
			return instance.state(this.self).equals(state);
		});
	}

	private static void awaitState(Instance instance, String node, String state) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(instance.state(node)).isEqualTo(state));
	}

}
