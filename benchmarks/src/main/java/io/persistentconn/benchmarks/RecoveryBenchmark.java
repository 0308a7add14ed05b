package io.persistentconn.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.persistentconn.benchmarks.Benchmarks.Effort;

/**
 * Many subscribers of one state, each over a connection of its own, whose server is
 * killed (SIGKILL) and started again on the same port: how long until the last one is
 * live again, and how many attempts and accepts that is at its peak. All of them end in
 * the server's state, or this fails.
 */
final class RecoveryBenchmark {

	private static final long SECOND = 1_000_000;

	private RecoveryBenchmark() {
	}

	/** The retry delay is half of a round, and spreads are multiples of a round. */
	static void run(int subscribers, Effort effort) throws Exception {
		Duration retryDelay = effort.round().dividedBy(2);
		List<Duration> spreads = List.of(Duration.ZERO, effort.round(), effort.round().multipliedBy(5));
		List<List<Round>> rounds = new ArrayList<>();
		spreads.forEach((spread) -> rounds.add(new ArrayList<>()));
		// The first one warms up.
		for (int i = -1; i < effort.rounds(); i++) {
			for (int j = 0; j < spreads.size(); j++) {
				Round round = round(subscribers, retryDelay, spreads.get(j));
				if (i >= 0) {
					rounds.get(j).add(round);
				}
			}
		}
		System.out.printf("%nRecovery of %d subscribers from a killed server, retry delay %s +- 30 %%, medians%n",
				subscribers, seconds(retryDelay));
		System.out.printf("%-16s %14s %14s %14s   %12s %8s   %12s %8s%n", "initial spread", "server is back",
				"half recovered", "all recovered", "attempts in 1 s", "100 ms", "accepts in 1 s", "100 ms");
		for (int j = 0; j < spreads.size(); j++) {
			List<Round> measured = rounds.get(j);
			System.out.printf("%-16s %12.2f s %12.2f s %12.2f s   %12.0f    %8.0f   %12.0f   %8.0f%n",
					seconds(spreads.get(j)), median(measured, Round::down), median(measured, Round::half),
					median(measured, Round::all), median(measured, (round) -> peak(round.attempts, SECOND)),
					median(measured, (round) -> peak(round.attempts, SECOND / 10)),
					median(measured, (round) -> peak(round.accepted, SECOND)),
					median(measured, (round) -> peak(round.accepted, SECOND / 10)));
		}
	}

	private static Round round(int subscribers, Duration retryDelay, Duration spread) throws Exception {
		List<ServerProcess> servers = new ArrayList<>();
		servers.add(ServerProcess.start(RecoveryServer.class, "0", "0"));
		int port = servers.get(0).port(0);
		try (RecoveringClients clients = new RecoveringClients(subscribers, port, retryDelay, spread)) {
			clients.awaitAll();
			// A connection that lived longer than the retry delay is tried again at once.
			Thread.sleep(retryDelay.toMillis() * 3 / 2);
			clients.begin();
			long killed = RecoveryServer.now();
			servers.get(0).kill();
			servers.add(ServerProcess.start(RecoveryServer.class, String.valueOf(port), "1000000"));
			clients.awaitAll();
			RecoveryServer.Report report = clients.finish();
			return new Round(killed, report.listeningSince(), sorted(clients.recoveries()), sorted(clients.attempts()),
					sorted(report.accepted()));
		}
		finally {
			servers.forEach(ServerProcess::kill);
		}
	}

	/** The most times within a period. */
	private static int peak(List<Long> times, long period) {
		int most = 0;
		int from = 0;
		for (int to = 0; to < times.size(); to++) {
			while (times.get(to) - times.get(from) >= period) {
				from++;
			}
			most = Math.max(most, to - from + 1);
		}
		return most;
	}

	private static List<Long> sorted(List<Long> times) {
		return times.stream().sorted().toList();
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
		return Comparison.median(rounds.stream().mapToDouble(figure).sorted().toArray());
	}

	private static String seconds(Duration duration) {
		return duration.toMillis() / 1000.0 + " s";
	}

	/**
	 * What happened, in microseconds.
	 *
	 * @param killed when the first server was killed
	 * @param back when the second one listened
	 * @param recoveries when each subscriber was told the new state
	 * @param attempts when each attempt to connect began
	 * @param accepted when the second server accepted each client
	 */
	private record Round(long killed, long back, List<Long> recoveries, List<Long> attempts, List<Long> accepted) {

		double down() {
			return (this.back - this.killed) / (double) SECOND;
		}

		double half() {
			return (this.recoveries.get(this.recoveries.size() / 2) - this.back) / (double) SECOND;
		}

		double all() {
			return (this.recoveries.get(this.recoveries.size() - 1) - this.back) / (double) SECOND;
		}

	}

}
