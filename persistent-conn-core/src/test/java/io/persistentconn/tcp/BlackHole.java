package io.persistentconn.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A network of two machines: this one, and a Linux network namespace that plays the
 * other, until it vanishes. Then what either sends is lost, and nobody is told. Needs
 * root and iproute2; without them the test is aborted.
 */
final class BlackHole implements AutoCloseable {

	private static final String HERE = "10.231.77.1";

	private static final String THERE = "10.231.77.2";

	private final String namespace = "pc-" + ProcessHandle.current().pid();

	private final String near = "pca" + ProcessHandle.current().pid();

	private final String far = "pcb" + ProcessHandle.current().pid();

	private final List<Process> processes = new ArrayList<>();

	BlackHole() throws IOException {
		assumeTrue(tryRun("ip", "netns", "add", this.namespace),
				"a vanishing peer needs root and iproute2 (ip netns add)");
		try {
			run("ip", "link", "add", this.near, "type", "veth", "peer", "name", this.far, "netns", this.namespace);
			run("ip", "address", "add", HERE + "/30", "dev", this.near);
			run("ip", "link", "set", this.near, "up");
			runThere("ip", "address", "add", THERE + "/30", "dev", this.far);
			runThere("ip", "link", "set", this.far, "up");
			// So that the packets are lost on their way, and not for want of an address.
			run("ip", "neighbour", "replace", THERE, "lladdr", macOf(this.far), "nud", "permanent", "dev", this.near);
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	InetAddress here() throws IOException {
		return InetAddress.getByName(HERE);
	}

	InetAddress there() throws IOException {
		return InetAddress.getByName(THERE);
	}

	/** Starts a process on the other machine. */
	Process start(String... command) throws IOException {
		List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", this.namespace));
		all.addAll(List.of(command));
		Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.processes.add(process);
		return process;
	}

	/** How the other machine vanishes. */
	enum Way {

		/** What it sends is lost on the way, acknowledgements included. */
		SILENTLY,

		/** This machine's kernel is told that it cannot be reached any more. */
		UNREACHABLE

	}

	void vanish(Way way) throws IOException {
		if (way == Way.SILENTLY) {
			runThere("ip", "route", "add", "blackhole", HERE + "/32");
		}
		else {
			run("ip", "route", "add", "unreachable", THERE + "/32");
		}
	}

	private String macOf(String interfaceThere) throws IOException {
		Process process = start("cat", "/sys/class/net/" + interfaceThere + "/address");
		String address = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
		process.onExit().join();
		return address;
	}

	private void runThere(String... command) throws IOException {
		List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", this.namespace));
		all.addAll(List.of(command));
		run(all.toArray(new String[0]));
	}

	private static void run(String... command) throws IOException {
		if (!tryRun(command)) {
			throw new IOException("Failed: " + String.join(" ", command));
		}
	}

	private static boolean tryRun(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.onExit().join().exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		for (Process process : this.processes) {
			process.destroyForcibly().onExit().join();
		}
		tryRun("ip", "route", "delete", "unreachable", THERE + "/32");
		tryRun("ip", "link", "delete", this.near);
		tryRun("ip", "netns", "delete", this.namespace);
	}

}
