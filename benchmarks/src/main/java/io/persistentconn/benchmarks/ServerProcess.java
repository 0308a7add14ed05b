package io.persistentconn.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A server in a process of its own. It prints its ports, separated by blanks, and ends
 * when its standard input does.
 */
final class ServerProcess implements AutoCloseable {

	private final Process process;

	private final int[] ports;

	private ServerProcess(Process process, int[] ports) {
		this.process = process;
		this.ports = ports;
	}

	static ServerProcess start(Class<?> main, String... args) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ProcessBuilder builder = new ProcessBuilder(java, "-Xmx512m", "-cp", System.getProperty("java.class.path"),
				main.getName());
		builder.command().addAll(Arrays.asList(args));
		Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String line = output.readLine();
		if (line == null) {
			throw new IOException(main.getName() + " printed no ports");
		}
		return new ServerProcess(process, Arrays.stream(line.split(" ", -1)).mapToInt(Integer::parseInt).toArray());
	}

	/**
	 * For the main method of a server: prints the ports and waits for the end of input.
	 */
	static void serve(int... ports) throws IOException {
		System.out.println(String.join(" ", Arrays.stream(ports).mapToObj(Integer::toString).toList()));
		while (System.in.read() >= 0) {
			// Only its end is of interest.
		}
	}

	int port(int index) {
		return this.ports[index];
	}

	/** Kills it as {@code kill -9} does, and waits until it is gone. */
	void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
