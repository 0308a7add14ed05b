package io.persistentconn.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process on a CPU of its choice, by {@code taskset}; it ends when its standard input
 * does.
 */
final class PinnedProcess implements AutoCloseable {

	/** With half of that, Netty's allocator would spare memory rather than time. */
	private static final String HEAP = "-Xmx1g";

	private final Process process;

	private final BufferedReader output;

	private final PrintStream input;

	private PinnedProcess(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	static PinnedProcess start(int cpu, Class<?> main, String... args) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu), java, HEAP, "-cp",
				System.getProperty("java.class.path"), main.getName()));
		command.addAll(Arrays.asList(args));
		return new PinnedProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/** Waits for the next line. */
	String read() throws IOException {
		String line = this.output.readLine();
		if (line == null) {
			throw new IOException("The process ended: " + this.process.info().commandLine().orElse("?"));
		}
		return line;
	}

	String ask(String line) throws IOException {
		this.input.println(line);
		return read();
	}

	/** How many nanoseconds of CPU it used so far. */
	long cpuNanos() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
	}

	@Override
	public void close() {
		this.input.close();
		this.process.onExit().join();
	}

}
