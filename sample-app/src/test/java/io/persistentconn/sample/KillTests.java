package io.persistentconn.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A second instance, in a process of its own, is killed and started again; the first one
 * goes on and shows it everywhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class KillTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String UP = "persistent_conn_connection_up";

	private static final String AGE = "persistent_conn_subscription_age_seconds";

	private final int otherPort = Instance.freePort();

	private final String other = "localhost:" + this.otherPort;

	@Test
	void aKilledInstanceIsSeenLostAndRecoveredEverywhere(@TempDir Path logs, CapturedOutput output) throws Exception {
		int port = Instance.freePort();
		try (Instance instance = Instance.start(port, "localhost:" + port + "," + this.other,
				"--persistent-conn.defaults.connection.health.grace-period=1ms",
				"--persistent-conn.defaults.subscription.health.grace-period=1ms")) {
			try (ChildInstance child = ChildInstance.start(this.otherPort, logs.resolve("first.log"))) {
				awaitConnected(instance);
				child.kill();
				awaitLost(instance);
				double age = instance.meter(AGE + other());
				assertThat(age).isPositive();
				await().atMost(PATIENCE).until(() -> instance.meter(AGE + other()) > age + 1);
			}
			assertThat(linesAbout(output, "lost the connection")).hasSize(1);
			try (ChildInstance child = ChildInstance.start(this.otherPort, logs.resolve("second.log"))) {
				awaitConnected(instance);
				assertThat(pidOfOther(instance)).isEqualTo(child.pid());
			}
		}
		assertThat(linesAbout(output, "connected to " + this.other + " after")).hasSize(2);
	}

	private void awaitConnected(Instance instance) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(instance.state(this.other)).isEqualTo("connected");
			assertThat(last(instance.timeline(this.other))).isEqualTo("connected");
			assertThat(instance.health(this.other).get("status").asString()).isEqualTo("UP");
			assertThat(instance.health(this.other).get("details").get("state").asString()).isEqualTo("CONNECTED");
			assertThat(instance.meter(UP + other())).isEqualTo(1);
			assertThat(instance.subscriptionHealth(this.other).get("status").asString()).isEqualTo("UP");
		});
	}

	private void awaitLost(Instance instance) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(instance.state(this.other)).isEqualTo("lost");
			assertThat(instance.timeline(this.other)).endsWith("lost", "attempting", "failed");
			assertThat(instance.health(this.other).get("status").asString()).isEqualTo("DOWN");
			assertThat(instance.health(this.other).get("details").get("lastError").asString()).contains(this.other);
			assertThat(instance.meter(UP + other())).isEqualTo(0);
			assertThat(instance.subscriptionTimeline(this.other)).last().isEqualTo("subscription_lost");
			assertThat(instance.subscriptionHealth(this.other).get("status").asString()).isEqualTo("DOWN");
		});
	}

	private String other() {
		return "{name=\"" + this.other + "\"}";
	}

	private List<String> linesAbout(CapturedOutput output, String what) {
		return output.getOut().lines().filter((line) -> line.contains(this.other + ": " + what)).toList();
	}

	private static long pidOfOther(Instance instance) {
		return instance.snapshot()
			.get("nodes")
			.get(1)
			.get("samples")
			.valueStream()
			.reduce((one, next) -> next)
			.orElseThrow()
			.get("vitals")
			.get("pid")
			.asLong();
	}

	private static String last(List<String> list) {
		return list.get(list.size() - 1);
	}

}
