package io.persistentconn.benchmarks;

import java.util.EnumMap;
import java.util.Map;

import io.persistentconn.benchmarks.Benchmarks.Effort;

/**
 * Calls and streams over one connection, through every {@link RpcImplementation}: server
 * and client in two processes, first both on one CPU, then on one each.
 */
final class RpcBenchmark {

	private static final int[] OUTSTANDING = { 1, 16, 128, 1024 };

	private static final int[] STREAM_SIZES = { 32, 1024 };

	private static final int SUBSCRIBERS = 1000;

	private RpcBenchmark() {
	}

	static void run(Effort effort) throws Exception {
		run(effort, 0, 0, "both on one CPU");
		if (Runtime.getRuntime().availableProcessors() > 1) {
			run(effort, 0, 1, "one CPU each");
		}
	}

	private static void run(Effort effort, int serverCpu, int clientCpu, String where) throws Exception {
		Map<RpcImplementation, PinnedProcess> servers = new EnumMap<>(RpcImplementation.class);
		Map<RpcImplementation, PinnedProcess> clients = new EnumMap<>(RpcImplementation.class);
		try {
			for (RpcImplementation implementation : RpcImplementation.values()) {
				PinnedProcess server = PinnedProcess.start(serverCpu, RpcPeer.class, implementation.name());
				servers.put(implementation, server);
				clients.put(implementation,
						PinnedProcess.start(clientCpu, RpcPeer.class, implementation.name(), server.read()));
			}
			for (int outstanding : OUTSTANDING) {
				compare("Calls, %d bytes, %d outstanding, %s".formatted(RpcClient.CALL_SIZE, outstanding, where),
						"calls/s", "call " + outstanding, servers, clients)
					.run(effort);
			}
			for (int size : STREAM_SIZES) {
				compare("Stream, %d bytes, %s".formatted(size, where), "messages/s", "stream " + size, servers, clients)
					.run(effort);
			}
			compare("State of %d bytes, pushed to %d subscribers, %s".formatted(RpcClient.PUSH_SIZE, SUBSCRIBERS,
					where), "messages/s", "push " + SUBSCRIBERS, servers, clients)
				.run(effort);
		}
		finally {
			clients.values().forEach(PinnedProcess::close);
			servers.values().forEach(PinnedProcess::close);
		}
	}

	private static Comparison compare(String title, String unit, String command,
			Map<RpcImplementation, PinnedProcess> servers, Map<RpcImplementation, PinnedProcess> clients) {
		Comparison comparison = new Comparison(title, unit);
		clients.forEach((implementation, client) -> comparison.add(implementation.title(),
				(nanos) -> Double.parseDouble(client.ask(command + " " + nanos)),
				() -> client.cpuNanos() + servers.getOrDefault(implementation, client).cpuNanos()));
		return comparison;
	}

}
