package io.persistentconn.autoconfigure.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A virtual machine of its own.
 */
public final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private ChildJvm(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Runs a main class with the class path of the tests; what begins with -D among the
	 * arguments is for the machine.
	 */
	public static ChildJvm run(Class<?> main, String... arguments) {
		return run(ClassPath.ofTests(), main, arguments);
	}

	/** The same with another class path. */
	public static ChildJvm run(ClassPath classPath, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		List.of(arguments).stream().filter((argument) -> argument.startsWith("-D")).forEach(command::add);
		command.add("-cp");
		command.add(classPath.toString());
		command.add(main.getName());
		List.of(arguments).stream().filter((argument) -> !argument.startsWith("-D")).forEach(command::add);
		try {
			return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits for a line that begins like this, and returns the rest of it. */
	public String awaitLine(String beginning) {
		StringBuilder before = new StringBuilder();
		try {
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.startsWith(beginning)) {
					return line.substring(beginning.length());
				}
				before.append(line).append('\n');
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new AssertionError("No line \"" + beginning + "\" in:\n" + before);
	}

	/** Waits for all that is written, which ends when the machine does. */
	public String output() {
		return this.output.lines().collect(Collectors.joining("\n"));
	}

	public boolean exitsWithin(long seconds) {
		try {
			return this.process.waitFor(seconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public int exitCode() {
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
