package io.persistentconn.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Whole instances, over real sockets.
 */
class FleetTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final int port = Instance.freePort();

	private final String self = "localhost:" + this.port;

	@Test
	void anInstanceWatchesItself() {
		try (Instance instance = Instance.start(this.port, this.self)) {
			awaitState(instance, this.self, "connected");
			await().atMost(PATIENCE).until(() -> samples(instance).size() >= 2);
			JsonNode first = samples(instance).get(0).get("vitals");
			assertThat(first.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
			JsonNode server = instance.snapshot().get("server");
			assertThat(server.get("port").asInt()).isEqualTo(this.port);
			assertThat(server.get("accepting").asBoolean()).isTrue();
			assertThat(server.get("clients").asInt()).isEqualTo(1);
			assertThat(instance.timeline("vitals")).containsExactly("server");
			assertThat(instance.health(this.self).get("status").asString()).isEqualTo("UP");
		}
	}

	@Test
	void anInstanceThatGoesAwayIsSeenLostAndThenConnected() {
		int otherPort = Instance.freePort();
		String other = "localhost:" + otherPort;
		try (Instance instance = Instance.start(this.port, this.self + "," + other)) {
			awaitState(instance, other, "connecting");
			try (Instance second = Instance.start(otherPort, this.self)) {
				awaitState(instance, other, "connected");
				awaitState(second, this.self, "connected");
			}
			awaitState(instance, other, "lost");
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
	void aCutConnectionComesBack() {
		try (Instance instance = Instance.start(this.port, this.self)) {
			awaitState(instance, this.self, "connected");
			assertThat(instance.post("/api/cut?node=" + this.self).statusCode()).isEqualTo(204);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(instance.timeline(this.self)).containsExactly("attempting", "connected",
						"action", "lost", "attempting", "connected"));
		}
	}

	@Test
	void aServerThatDropsNewcomersKeepsThemLostUntilItAcceptsAgain() {
		// So long a delay that only the button makes attempts.
		try (Instance instance = Instance.start(this.port, this.self, "--fleet.retry-delay=1d")) {
			awaitStateWithRetries(instance, "connected");
			instance.post("/api/accepting?value=false");
			assertThat(instance.state(this.self)).isEqualTo("connected");
			instance.post("/api/cut?node=" + this.self);
			awaitStateWithRetries(instance, "lost");
			await().atMost(PATIENCE).until(() -> {
				instance.post("/api/retry?node=" + this.self);
				return instance.snapshot().get("server").get("dropped").asInt() >= 2;
			});
			assertThat(instance.snapshot().get("events").toString()).contains("hung up without a word");
			instance.post("/api/accepting?value=true");
			awaitStateWithRetries(instance, "connected");
		}
	}

	@Test
	void aNodeThatFallsSilentIsLost() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Instance instance = Instance.start(this.port, "localhost:" + silent.getLocalPort(),
						"--fleet.silence=300ms")) {
			String node = "localhost:" + silent.getLocalPort();
			await().atMost(PATIENCE).until(() -> instance.timeline(node).contains("failed"));
			assertThat(instance.snapshot().get("events").toString()).contains("nothing was received for");
		}
	}

	@Test
	void aClientThatTalksAndOneThatHangsUpAreNobodysTrouble() throws IOException {
		try (Instance instance = Instance.start(this.port, this.self)) {
			awaitState(instance, this.self, "connected");
			try (Socket client = new Socket()) {
				client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
				client.getOutputStream().write(new byte[200_000]);
				byte[] vitals = client.getInputStream().readNBytes(1);
				assertThat(vitals).containsExactly('{');
				client.setSoLinger(true, 0); // resets
			}
			await().atMost(PATIENCE).until(() -> instance.snapshot().get("server").get("clients").asInt() == 1);
			assertThat(instance.state(this.self)).isEqualTo("connected");
			assertThat(instance.timeline("vitals")).containsExactly("server");
		}
	}

	@Test
	void requestsThatMakeNoSenseAreRefused() {
		try (Instance instance = Instance.start(this.port, this.self)) {
			for (String action : List.of("cut", "retry")) {
				HttpResponse<String> response = instance.post("/api/" + action + "?node=nobody:1");
				assertThat(response.statusCode()).isEqualTo(404);
				assertThat(new JsonMapper().readTree(response.body()).get("detail").asString())
					.isEqualTo("node: \"nobody:1\" (expected: one of [" + this.self + "])");
			}
			assertThat(instance.post("/api/cut").statusCode()).isEqualTo(400);
			assertThat(instance.post("/api/accepting?value=maybe").statusCode()).isEqualTo(400);
			assertThat(instance.post("/api/accepting?value=false", "Sec-Fetch-Site", "cross-site").statusCode())
				.isEqualTo(403);
			assertThat(instance.snapshot().get("server").get("accepting").asBoolean()).isTrue();
		}
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void aNodeThatDoesNotParseIsExplained(CapturedOutput output) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> Instance.start(this.port, "localhost:99999"));
		assertThat(output).contains("Invalid value 'localhost:99999' for configuration property 'fleet.nodes'",
				"port: 99999 (expected: 0 to 65535)");
	}

	private static JsonNode samples(Instance instance) {
		return instance.snapshot().get("nodes").get(0).get("samples");
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
