package io.persistentconn.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs one command, and remembers what it prints.
 */
final class Terminal implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Process process;

	private final Thread reader;

	private Terminal(Process process) {
		this.process = process;
		this.reader = new Thread(this::read, "terminal");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Runs a command as it is written; its words are separated by single spaces. "java"
	 * is that of the tests.
	 */
	static Terminal run(Path directory, Map<String, String> environment, String command) throws IOException {
		List<String> words = new ArrayList<>(List.of(command.split(" ")));
		if (words.get(0).equals("java")) {
			words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
		}
		ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
		builder.environment().putAll(environment);
		return new Terminal(builder.start());
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	/** Waits until one of the lines is as wanted. */
	void awaitLine(Predicate<String> wanted) {
		awaitLines((all) -> all.stream().anyMatch(wanted));
	}

	/** Waits until the lines are as wanted. */
	void awaitLines(Predicate<List<String>> wanted) {
		await().atMost(PATIENCE).failFast(() -> {
			boolean ended = !this.process.isAlive();
			assertThat(ended && !wanted.test(lines())).as(() -> "Ended: " + String.join("\n", lines())).isFalse();
		}).untilAsserted(() -> assertThat(wanted.test(lines())).as(() -> String.join("\n", lines())).isTrue());
	}

	/** Waits until the command ends, and returns what it has printed. */
	String output() throws InterruptedException {
		this.process.waitFor();
		this.reader.join();
		return String.join("\n", this.lines);
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			output.lines().forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.lines.add(ex.toString());
		}
	}

	/** Kills it as {@code kill -9} does. */
	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

}
