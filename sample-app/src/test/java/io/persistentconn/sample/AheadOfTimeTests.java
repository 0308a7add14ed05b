package io.persistentconn.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Starts what {@code process-aot} made of the application, which Maven runs before the
 * tests.
 */
class AheadOfTimeTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Not the ports that the application had when it was processed. */
	private final int port = Instance.freePort();

	private final int vitalsPort = Instance.freePort();

	@Test
	void theProcessedApplicationSubscribesToItselfAndIsHealthy() throws Exception {
		Path log = Path.of("target", "ahead-of-time.log");
		Process process = start(log);
		try {
			await().atMost(PATIENCE)
				.failFast("It ended: see " + log, () -> !process.isAlive())
				.ignoreExceptions()
				.until(() -> state("connections").equals("CONNECTED") && state("subscriptions").equals("ESTABLISHED"));
			assertThat(health().get("status").asString()).isEqualTo("UP");
			assertThat(log).content().contains("Starting AOT-processed FleetApplication");
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

	private Process start(Path log) throws IOException {
		String java = ProcessHandle.current().info().command().orElseThrow();
		return new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-cp",
				System.getProperty("java.class.path"), FleetApplication.class.getName(), "--server.port=" + this.port,
				"--persistent-conn.servers.vitals.port=" + this.vitalsPort)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
	}

	/** Of the only one: the application watches itself. */
	private String state(String kind) throws Exception {
		return health().get("components")
			.get("persistentConn")
			.get("components")
			.get(kind)
			.get("components")
			.get("localhost:" + this.vitalsPort)
			.get("details")
			.get("state")
			.asString();
	}

	private JsonNode health() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/health"))
			.build();
		return new JsonMapper().readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
	}

}
