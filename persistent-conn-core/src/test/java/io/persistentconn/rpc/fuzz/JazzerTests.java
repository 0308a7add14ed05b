package io.persistentconn.rpc.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.rpc.HandshakeFuzzTarget;
import io.persistentconn.rpc.protocol.MessageFuzzTarget;
import io.persistentconn.rpc.transport.FrameFuzzTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Searches for an input that is answered with anything but the named errors, that hangs,
 * leaks, or takes more memory than is in proportion, in the decoder of frames, the codec
 * of messages, and the handshake with what follows it. Each for a minute, or as many
 * seconds as one says: <pre>
 * mvn -pl persistent-conn-core test -Dtest=JazzerTests -Dfuzz.seconds=3600 -Dtest.jvm.timeout=15000
 * </pre>
 */
// As long as one says; each run has its own limit.
@Timeout(value = 1, unit = TimeUnit.DAYS)
@Tag("R8")
class JazzerTests {

	private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 60));

	@TempDir
	private Path directory;

	static List<Arguments> targets() {
		return List.of(arguments(FrameFuzzTarget.class, FrameFuzzTarget.seeds().toList()),
				arguments(MessageFuzzTarget.class, MessageFuzzTarget.seeds().toList()),
				arguments(HandshakeFuzzTarget.class, HandshakeFuzzTarget.seeds().toList()));
	}

	@ParameterizedTest
	@MethodSource("targets")
	void noInputDoesHarm(Class<?> target, List<byte[]> seeds) throws Exception {
		JazzerRun run = JazzerRun.of(target, seeds.stream(), DURATION, this.directory);
		assertThat(run.exitCode()).as(run.output()).isZero();
		assertThat(run.executions()).as(run.output()).isGreaterThan(seeds.size());
	}

	@Test
	void whatDoesHarmIsFound() throws Exception {
		JazzerRun run = JazzerRun.of(PlantedDefect.class, Stream.of("bid".getBytes(StandardCharsets.UTF_8)),
				Duration.ofMinutes(1), this.directory);
		assertThat(run.exitCode()).isNotZero();
		assertThat(run.output()).contains("java.lang.IllegalStateException: planted");
	}

	@Test
	void whatCostsTooMuchIsFound() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> InputCost.check(10, () -> {
			byte[] claimed = new byte[16 * 1024 * 1024];
			assertThat(claimed).isNotEmpty();
		})).withMessageContaining("bytes were allocated for an input of 10");
		ByteBuf[] leaked = new ByteBuf[1];
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> InputCost.check(10, () -> leaked[0] = Unpooled.buffer(7)))
			.withMessage("7 bytes were not released (expected: 0)");
		leaked[0].release();
	}

}
