package io.persistentconn.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

/**
 * One instance that watches itself, over real sockets.
 */
class InstanceTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int PORT = Instance.freePort();

	private static final String SELF = "localhost:" + PORT;

	private static Instance instance;

	@BeforeAll
	static void start() {
		instance = Instance.start(PORT, SELF);
	}

	@AfterAll
	static void stop() {
		instance.close();
	}

	@BeforeEach
	void awaitConnected() {
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(instance.state(SELF)).isEqualTo("connected");
			assertThat(vitals().get("state").asString()).isEqualTo("established");
			assertThat(server().get("clients").asInt()).isEqualTo(1);
		});
	}

	@Test
	void tellsWhatItHearsOfItself() {
		await().atMost(PATIENCE).until(() -> samples().size() >= 2);
		assertThat(samples().get(0).get("vitals").get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
		assertThat(instance.status(SELF).get("info").get("processors").asInt())
			.isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(server().get("port").asInt()).isEqualTo(PORT);
		assertThat(server().get("accepting").asBoolean()).isTrue();
		assertThat(instance.timeline("vitals")).containsExactly("server");
		assertThat(vitals().get("lastUpdate").asLong()).isGreaterThanOrEqualTo(vitals().get("since").asLong());
		assertThat(instance.health(SELF).get("status").asString()).isEqualTo("UP");
		assertThat(instance.subscriptionHealth(SELF).get("status").asString()).isEqualTo("UP");
		assertThat(instance.meter("persistent_conn_subscription_age_seconds{name=\"" + SELF + "\"}")).isNotNegative();
		assertThat(instance.meter("persistent_conn_server_connections{name=\"vitals\"}")).isEqualTo(1);
	}

	@Test
	void isConnectedAgainAfterACut() {
		int samples = samples().size();
		assertThat(instance.post("/api/cut?node=" + SELF).statusCode()).isEqualTo(204);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(instance.timeline(SELF)).endsWith("connected", "action", "lost",
					"attempting", "connected"));
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(instance.subscriptionTimeline(SELF)).endsWith("subscription_lost",
					"subscription_recovered"));
		assertThat(instance.timelineTexts(SELF)).contains("Subscription lost")
			.last(STRING)
			.matches("Subscription recovered after \\d+\\.\\d s");
		await().atMost(PATIENCE).until(() -> samples().size() > samples + 2);
	}

	@Test
	void isNotTroubledByAClientThatTalksNonsenseAndHangsUp() throws IOException {
		int accepted = server().get("accepted").asInt();
		try (Socket client = new Socket()) {
			client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
			client.getOutputStream().write(new byte[1000]);
			client.setSoLinger(true, 0); // resets
		}
		await().atMost(PATIENCE).until(() -> server().get("accepted").asInt() == accepted + 1);
		awaitConnected();
		assertThat(instance.timeline("vitals")).containsExactly("server");
	}

	@Test
	void refusesRequestsThatMakeNoSense() {
		for (String action : List.of("cut", "retry", "log")) {
			HttpResponse<String> response = instance.post("/api/" + action + "?node=nobody:1&text=hello");
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(new JsonMapper().readTree(response.body()).get("detail").asString())
				.isEqualTo("node: \"nobody:1\" (expected: one of [" + SELF + "])");
		}
		assertThat(instance.post("/api/cut").statusCode()).isEqualTo(400);
		assertThat(instance.post("/api/log?text=+&node=" + SELF).statusCode()).isEqualTo(400);
		assertThat(instance.post("/api/log?text=" + "a".repeat(LogLine.MAX_LENGTH + 1) + "&node=" + SELF).statusCode())
			.isEqualTo(400);
		assertThat(instance.post("/api/accepting?value=maybe").statusCode()).isEqualTo(400);
		assertThat(instance.post("/api/accepting?value=false", "Sec-Fetch-Site", "cross-site").statusCode())
			.isEqualTo(403);
		assertThat(server().get("accepting").asBoolean()).isTrue();
	}

	private static JsonNode server() {
		return instance.snapshot().get("server");
	}

	private static JsonNode vitals() {
		return instance.status(SELF).get("vitals");
	}

	private static JsonNode samples() {
		return instance.snapshot().get("nodes").get(0).get("samples");
	}

}
