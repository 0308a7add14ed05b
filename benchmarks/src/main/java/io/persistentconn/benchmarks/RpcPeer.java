package io.persistentconn.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The processes of {@link RpcBenchmark}: {@code IMPLEMENTATION} is a server, which prints
 * its port; {@code IMPLEMENTATION port} is a client, which answers every line
 * {@code call|stream|push, outstanding|size|subscribers, nanos} with a rate. Both end
 * when their standard input does.
 */
final class RpcPeer {

	private RpcPeer() {
	}

	public static void main(String[] args) throws Exception {
		RpcImplementation implementation = RpcImplementation.valueOf(args[0]);
		if (args.length == 1) {
			ServerProcess.serve(implementation.listen());
		}
		else {
			measure(implementation, Integer.parseInt(args[1]));
		}
		System.exit(0);
	}

	private static void measure(RpcImplementation implementation, int port) throws Exception {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			String[] command = line.split(" ", -1);
			try (RpcClient client = implementation.connect(port)) {
				int number = Integer.parseInt(command[1]);
				long nanos = Long.parseLong(command[2]);
				System.out.println(switch (command[0]) {
					case "call" -> call(client, number, nanos);
					case "stream" -> stream(client, number, nanos);
					default -> push(client, number, nanos);
				});
			}
		}
	}

	/**
	 * Returns when the last call was answered, so that closing is no work for anybody.
	 */
	private static double call(RpcClient client, int outstanding, long nanos) throws Exception {
		Meter meter = new Meter(outstanding, nanos);
		client.call(outstanding, meter);
		return meter.await();
	}

	private static double stream(RpcClient client, int size, long nanos) throws Exception {
		Meter meter = new Meter(1, nanos);
		client.stream(size, meter);
		return meter.await();
	}

	private static double push(RpcClient client, int subscribers, long nanos) throws Exception {
		Meter meter = new Meter(1, nanos);
		client.push(subscribers, meter);
		return meter.await();
	}

}
