package io.persistentconn.autoconfigure.minimal;

import io.persistentconn.autoconfigure.testing.ChildJvm;
import io.persistentconn.autoconfigure.testing.ClassPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter works on class paths that really lack its optional companions, which a
 * class loader that hides them in the virtual machine of the test cannot show.
 */
class SmallApplicationTests {

	private static final String[] ACTUATOR = { "spring-boot-actuator", "spring-boot-actuator-autoconfigure",
			"spring-boot-health" };

	private static final String[] MICROMETER = { "micrometer-core", "HdrHistogram", "spring-boot-micrometer-metrics",
			"spring-boot-micrometer-observation" };

	@Test
	void theStarterAlone() {
		try (ChildJvm application = run(ClassPath.ofStarter())) {
			assertPresent(application, false, false);
			assertThat(application.awaitLine("echo: ")).isEqualTo("hello");
			assertThat(application.awaitLine("state: ")).isEqualTo("subscribed");
			assertBeans(application, false, false);
			assertEnds(application);
		}
	}

	@Test
	void withMicrometerButWithoutActuator() {
		try (ChildJvm application = run(ClassPath.ofStarter().with(MICROMETER))) {
			assertPresent(application, false, true);
			assertThat(application.awaitLine("echo: ")).isEqualTo("hello");
			assertThat(application.awaitLine("state: ")).isEqualTo("subscribed");
			assertBeans(application, false, true);
			assertThat(application.awaitLine("meters: ")).isEqualTo("1.0");
			assertEnds(application);
		}
	}

	@Test
	void withActuatorButWithoutMicrometer() {
		try (ChildJvm application = run(ClassPath.ofStarter().with(ACTUATOR))) {
			assertPresent(application, true, false);
			assertThat(application.awaitLine("echo: ")).isEqualTo("hello");
			assertThat(application.awaitLine("state: ")).isEqualTo("subscribed");
			assertBeans(application, true, false);
			assertThat(application.awaitLine("health: ")).isEqualTo("UP");
			assertEnds(application);
		}
	}

	@Test
	void withBothButWithoutWeb() {
		try (ChildJvm application = run(ClassPath.ofStarter().with(ACTUATOR).with(MICROMETER))) {
			assertPresent(application, true, true);
			assertThat(application.awaitLine("echo: ")).isEqualTo("hello");
			assertThat(application.awaitLine("state: ")).isEqualTo("subscribed");
			assertBeans(application, true, true);
			assertThat(application.awaitLine("meters: ")).isEqualTo("1.0");
			assertThat(application.awaitLine("health: ")).isEqualTo("UP");
			assertEnds(application);
		}
	}

	@Test
	void annotatedRpcsWithoutReactor() {
		try (ChildJvm application = ChildJvm.run(ClassPath.ofStarter(), SmallRpcApplication.class,
				"--persistent-conn.defaults.server.protocol=rpc", "--persistent-conn.defaults.connection.protocol=rpc",
				"--persistent-conn.servers.quotes.port=0", "--persistent-conn.connections.quotes.retry-delay=20ms",
				"--persistent-conn.connections.quotes.calls.wait-for-connection=60s")) {
			assertFact(application, "Reactor", false);
			assertThat(application.awaitLine("upper: ")).isEqualTo("X");
			assertThat(application.awaitLine("letters: ")).isEqualTo("[a, b, c]");
			application.awaitLine("the end");
			assertThat(application.exitsWithin(120)).isTrue();
			assertThat(application.exitCode()).isZero();
		}
	}

	private static ChildJvm run(ClassPath classPath) {
		return ChildJvm.run(classPath, SmallApplication.class, "--persistent-conn.servers.quotes.port=0",
				"--persistent-conn.servers.book.protocol=rpc", "--persistent-conn.servers.book.port=0",
				"--persistent-conn.connections.book.protocol=rpc",
				"--persistent-conn.connections.book.retry-delay=20ms",
				"--persistent-conn.subscriptions.book.resubscribe-delay=20ms",
				"--persistent-conn.connections.quotes.retry-delay=20ms", "--spring.jmx.enabled=true",
				"--management.endpoints.jmx.exposure.include=persistentconn");
	}

	private static void assertPresent(ChildJvm application, boolean actuator, boolean micrometer) {
		assertFact(application, SmallApplication.HEALTH, actuator);
		assertFact(application, SmallApplication.ENDPOINT, actuator);
		assertFact(application, SmallApplication.MICROMETER, micrometer);
		assertFact(application, SmallApplication.WEB, false);
	}

	private static void assertBeans(ChildJvm application, boolean actuator, boolean micrometer) {
		assertFact(application, "persistentConnEventPublisher", true);
		assertFact(application, "persistentConnHealthContributor", actuator);
		assertFact(application, "persistentConnConnectionMeters", micrometer);
		assertFact(application, "persistentConnServerMeters", micrometer);
		assertFact(application, "persistentConnSubscriptionMeters", micrometer);
		assertFact(application, "persistentConnEndpoint", actuator);
	}

	private static void assertFact(ChildJvm application, String fact, boolean expected) {
		assertThat(application.awaitLine(fact + ": ")).as(fact).isEqualTo(String.valueOf(expected));
	}

	private static void assertEnds(ChildJvm application) {
		assertThat(application.awaitLine("event: ")).isEqualTo("Disconnected");
		application.awaitLine("the end");
		assertThat(application.exitsWithin(120)).isTrue();
		assertThat(application.exitCode()).isZero();
	}

}
