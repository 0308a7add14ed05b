package io.persistentconn.tcp;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HostAndPortTests {

	@ParameterizedTest
	@Tag("T1")
	@CsvSource({ "db.example.com:7000, db.example.com, 7000", "127.0.0.1:0, 127.0.0.1, 0", "[::1]:7000, ::1, 7000",
			"[fe80::1%eth0]:65535, fe80::1%eth0, 65535" })
	void textIsReadAndWrittenTheSame(String text, String host, int port) {
		assertThat(HostAndPort.parse(text)).isEqualTo(new HostAndPort(host, port)).hasToString(text);
	}

	@ParameterizedTest
	@Tag("T12")
	@CsvSource(delimiter = '|',
			value = { "host | address: \"host\" (expected: host:port or [ipv6]:port)",
					"::1:7000 | address: \"::1:7000\" (expected: host:port or [ipv6]:port)",
					"[host]:1 | address: \"[host]:1\" (expected: host:port or [ipv6]:port)",
					":7000 | host: \"\" (expected: a host name or an address)",
					"a b:1 | host: \"a b\" (expected: a host name or an address)",
					"http://h:1 | address: \"http://h:1\" (expected: host:port or [ipv6]:port)",
					"h: | port: \"\" in \"h:\" (expected: a number from 0 to 65535)",
					"h:-1 | port: \"-1\" in \"h:-1\" (expected: a number from 0 to 65535)",
					"h:x | port: \"x\" in \"h:x\" (expected: a number from 0 to 65535)",
					"h:65536 | port: 65536 (expected: 0 to 65535)" })
	void badTextIsNamedWithWhatWasExpected(String text, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.parse(text)).withMessage(message);
	}

}
