package io.persistentconn.sample;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An instance of the application in a process of its own, which can be killed.
 */
final class ChildInstance implements AutoCloseable {

	private final Process process;

	private ChildInstance(Process process) {
		this.process = process;
	}

	/** Starts a process; when it serves its vitals nobody here knows yet. */
	static ChildInstance start(int vitalsPort, Path log) throws IOException {
		String java = ProcessHandle.current().info().command().orElseThrow();
		ProcessBuilder builder = new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), FleetApplication.class.getName(), "--server.port=0",
				"--persistent-conn.servers.vitals.port=" + vitalsPort);
		return new ChildInstance(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
	}

	long pid() {
		return this.process.pid();
	}

	/** Kills it as {@code kill -9} does, and waits until it is gone. */
	void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

}
