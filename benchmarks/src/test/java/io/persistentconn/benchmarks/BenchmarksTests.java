package io.persistentconn.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * That the comparisons run; what they measure is not for a test.
 */
class BenchmarksTests {

	@ParameterizedTest
	@CsvSource({ "echo, TcpReader and TcpWriter", "accept, 'TcpServer, batch 16'",
			"lookup, currentConnection(): 0.000000 bytes", "rpc-allocation, at the client" })
	void eachRuns(String which, String expected) throws Exception {
		PrintStream console = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			Benchmarks.main(new String[] { which, "1", "0.1" });
		}
		finally {
			System.setOut(console);
		}
		assertThat(printed.toString(StandardCharsets.UTF_8)).contains(expected);
	}

	@Test
	void anUnknownOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Benchmarks.main(new String[] { "speed" }))
			.withMessage("benchmark: speed (expected: echo, accept, heap, lookup, rpc, rpc-allocation or all)");
	}

}
