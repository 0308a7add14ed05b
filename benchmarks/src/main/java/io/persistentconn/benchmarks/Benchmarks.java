package io.persistentconn.benchmarks;

import java.time.Duration;

/**
 * Runs the comparisons: {@code java -jar benchmarks.jar
 * [echo|accept|heap|lookup|rpc|rpc-allocation|recovery|all] [rounds] [seconds a round]}.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs what the arguments ask for and prints a table for each.
	 * @param args which, how many rounds, how many seconds each
	 * @throws Exception if a server or client fails
	 */
	public static void main(String[] args) throws Exception {
		String which = (args.length > 0) ? args[0] : "all";
		Effort effort = new Effort((args.length > 1) ? Integer.parseInt(args[1]) : 7,
				Duration.ofMillis((args.length > 2) ? (long) (Double.parseDouble(args[2]) * 1000) : 2_000));
		switch (which) {
			case "echo" -> EchoBenchmark.run(effort);
			case "accept" -> AcceptBenchmark.run(effort);
			case "heap" -> HeapBenchmark.run(2_000);
			case "lookup" -> LookupBenchmark.run(effort);
			case "rpc" -> RpcBenchmark.run(effort);
			case "rpc-allocation" -> RpcAllocationBenchmark.run(effort);
			case "recovery" -> RecoveryBenchmark.run(1_000, effort);
			case "all" -> {
				EchoBenchmark.run(effort);
				AcceptBenchmark.run(effort);
				HeapBenchmark.run(2_000);
				LookupBenchmark.run(effort);
				RpcBenchmark.run(effort);
				RpcAllocationBenchmark.run(effort);
				RecoveryBenchmark.run(1_000, effort);
			}
			default -> throw new IllegalArgumentException("benchmark: " + which
					+ " (expected: echo, accept, heap, lookup, rpc, rpc-allocation, recovery or all)");
		}
	}

	/**
	 * How much work a comparison is to do.
	 *
	 * @param rounds how often each contestant is measured
	 * @param round how long each time
	 */
	record Effort(int rounds, Duration round) {
	}

}
