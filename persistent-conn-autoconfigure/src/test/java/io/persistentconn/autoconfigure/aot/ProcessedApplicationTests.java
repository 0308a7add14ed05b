package io.persistentconn.autoconfigure.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.persistentconn.autoconfigure.testing.ChildJvm;
import io.persistentconn.autoconfigure.testing.ClassPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does to an application what the {@code process-aot} of Spring Boot's plugins does, and
 * starts the result: each in a virtual machine of its own.
 */
class ProcessedApplicationTests {

	private static final String NO_WEB = "--spring.main.web-application-type=none";

	@TempDir
	private Path directory;

	@Test
	void doesAllThatItDoesOtherwise() throws IOException {
		// What differs where it runs need not be known now: here, there is no such
		// address.
		process("--persistent-conn.connections.other.addresses=${not.known}");
		try (ChildJvm application = ChildJvm.run(ClassPath.ofTests().and(compile()), ProcessedApplication.class,
				"-Dspring.aot.enabled=true", NO_WEB, "--persistent-conn.servers.prices.protocol=rpc",
				"--persistent-conn.servers.prices.port=0", "--persistent-conn.connections.prices.protocol=rpc",
				"--persistent-conn.connections.prices.retry-delay=20ms",
				"--persistent-conn.connections.prices.calls.wait-for-connection=60s",
				"--persistent-conn.subscriptions.depth.resubscribe-delay=20ms", "--persistent-conn.servers.left.port=0",
				"--persistent-conn.servers.right.port=0", "--connection=prices")) {
			application.awaitLine("default method: 3.0");
			application.awaitLine("stream: [Trade[fills=[Fill[size=100]]], Halt[why=lunch]]");
			application.awaitLine("rejection: Refusal[why=closed]");
			assertThat(application.awaitLine("exception: ")).contains("explained: where?");
			application.awaitLine("codec: 2026-01-02T09:00:00Z");
			application.awaitLine("one-way: hello");
			application.awaitLine("subscription: 2");
			application.awaitLine("handlers: 1, 2");
			assertThat(application.exitsWithin(60)).isTrue();
			assertThat(application.exitCode()).isZero();
		}
	}

	private void process(String property) {
		try (ChildJvm processor = ChildJvm.run(SpringApplicationAotProcessor.class,
				ProcessedApplication.class.getName(), this.directory.resolve("sources").toString(),
				this.directory.resolve("resources").toString(), this.directory.resolve("classes").toString(), "group",
				"artifact", NO_WEB, property)) {
			assertThat(processor.output()).doesNotContain("Exception");
			assertThat(processor.exitsWithin(60)).isTrue();
			assertThat(processor.exitCode()).isZero();
		}
	}

	/** Into the classes that the processor made. */
	private Path compile() throws IOException {
		Path classes = this.directory.resolve("classes");
		List<String> arguments = new ArrayList<>(
				List.of("-proc:none", "-d", classes.toString(), "-cp", ClassPath.ofTests().and(classes).toString()));
		try (Stream<Path> files = Files.walk(this.directory.resolve("sources"))) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
		return classes;
	}

}
