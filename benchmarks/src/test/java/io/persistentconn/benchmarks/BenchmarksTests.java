package io.persistentconn.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.persistentconn.benchmarks.Benchmarks.Effort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * That the comparisons run; what they measure is not for a test.
 */
class BenchmarksTests {

	@Test
	void subscribersRecover() throws Exception {
		assertThat(printed(() -> RecoveryBenchmark.run(20, new Effort(1, Duration.ofMillis(100)))))
			.contains("Recovery of 20 subscribers", "0.0 s", "0.1 s", "0.5 s");
	}

	@ParameterizedTest
	@CsvSource({ "echo, TcpReader and TcpWriter", "accept, 'TcpServer, batch 16'",
			"lookup, currentConnection(): 0.000000 bytes", "rpc-allocation, at the client" })
	void eachRuns(String which, String expected) throws Exception {
		assertThat(printed(() -> Benchmarks.main(new String[] { which, "1", "0.1" }))).contains(expected);
	}

	@Test
	void anUnknownOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Benchmarks.main(new String[] { "speed" }))
			.withMessage("benchmark: speed (expected: echo, accept, heap, lookup, rpc, rpc-allocation, recovery "
					+ "or all)");
	}

	private static String printed(Run benchmark) throws Exception {
		PrintStream console = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			benchmark.run();
		}
		finally {
			System.setOut(console);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

	private interface Run {

		void run() throws Exception;

	}

}
