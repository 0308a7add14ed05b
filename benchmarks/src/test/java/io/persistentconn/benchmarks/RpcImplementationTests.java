package io.persistentconn.benchmarks;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That each of those who are compared answers calls, sends a stream and pushes a state,
 * here in one process.
 */
class RpcImplementationTests {

	private static final long NANOS = Duration.ofMillis(50).toNanos();

	@ParameterizedTest
	@EnumSource
	void callsStreamsAndPushes(RpcImplementation implementation) throws Exception {
		int port = implementation.listen();
		try (RpcClient client = implementation.connect(port)) {
			Meter calls = new Meter(4, NANOS);
			client.call(4, calls);
			assertThat(calls.await()).isPositive();
		}
		try (RpcClient client = implementation.connect(port)) {
			Meter messages = new Meter(1, NANOS);
			client.stream(32, messages);
			assertThat(messages.await()).isPositive();
		}
		try (RpcClient client = implementation.connect(port)) {
			Meter pushes = new Meter(1, NANOS);
			client.push(3, pushes);
			assertThat(pushes.await()).isPositive();
		}
	}

}
