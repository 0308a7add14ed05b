package io.persistentconn.tcp;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Tag("T7")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpServerDescriptorTests {

	@ParameterizedTest
	@EnumSource(names = { "NIO_INET", "EPOLL_INET" })
	void withoutDescriptorsTheServerNeitherSpinsNorDiesAndGoesOnWhenThereAreSome(ServerKind kind) throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh to limit descriptors with");
		assumeTrue(kind.isNio() || Epoll.isAvailable(), "epoll is not available on this platform");
		List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n 256 && exec \"$0\" \"$@\""));
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), DescriptorExhaustion.class.getName(),
				kind.name()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("could not accept, will try again");
		String numbers = output.lines().filter((line) -> line.startsWith("NUMBERS ")).findFirst().orElseThrow();
		long[] values = Arrays.stream(numbers.split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
		long failures = values[0];
		long processorMillis = values[1];
		long windowMillis = values[2];
		// Once a second after the first few, which come at 100, 300, 700 and 1500 ms.
		assertThat(failures).as(output).isBetween(1L, 4 + windowMillis / 1000);
		assertThat(processorMillis).as(output).isLessThan(windowMillis / 2);
		assertThat(values[3]).as(output).isEqualTo(20);
	}

	@Test
	void theDefaultLimitIsNineTenthsOfTheDescriptorsButAtLeastTenThousand() {
		assertThat(DescriptorLimit.defaultMaxConnections(OptionalLong.empty())).isEqualTo(10_000);
		assertThat(DescriptorLimit.defaultMaxConnections(OptionalLong.of(1024))).isEqualTo(10_000);
		assertThat(DescriptorLimit.defaultMaxConnections(OptionalLong.of(20_000))).isEqualTo(18_000);
		assertThat(DescriptorLimit.defaultMaxConnections(OptionalLong.of(Long.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void theDescriptorLimitOfTheProcessIsKnownOnUnix() {
		assumeTrue(Files.exists(Path.of("/proc/self/limits")), "not Linux");
		assertThat(DescriptorLimit.ofProcess()).isPresent();
		assertThat(DescriptorLimit.ofProcess().getAsLong()).isPositive();
	}

}
