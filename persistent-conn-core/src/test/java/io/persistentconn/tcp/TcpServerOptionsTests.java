package io.persistentconn.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TcpServerOptionsTests {

	private static final NettyTransport transport = NettyTransport.nio(1, "options-test");

	private final TcpServerBuilder<InetSocketAddress, Integer> builder = TcpServer
		.builder(WhereToListen.portChosenByOs());

	@AfterAll
	static void closeTransport() {
		transport.closeAsync().join();
	}

	@Test
	@Tag("T12")
	void badValuesAreRefusedBeforeAnythingIsOpened() {
		assertRefused(() -> WhereToListen.port(-1), "port: -1 (expected: 0 to 65535)");
		assertRefused(() -> WhereToListen.port(65_536), "port: 65536 (expected: 0 to 65535)");
		assertRefused(() -> BindToPort.onPort(70_000), "port: 70000 (expected: 0 to 65535)");
		assertRefused(() -> WhereToListen.unix(Path.of("/" + "x".repeat(106))),
				"path: \"/" + "x".repeat(106) + "\", 107 bytes (expected: 1 to 106 bytes)");
		assertRefused(() -> WhereToListen.unix(Path.of("")), "path: \"\", 0 bytes (expected: 1 to 106 bytes)");
		assertRefused(() -> this.builder.maxConnections(0), "maxConnections: 0 (expected: >= 1)");
		assertRefused(() -> this.builder.maxAcceptsPerBatch(0), "maxAcceptsPerBatch: 0 (expected: >= 1)");
		assertRefused(() -> this.builder.backlog(0), "backlog: 0 (expected: >= 1)");
		assertRefused(() -> this.builder.readerBufferSize(0), "readerBufferSize: 0 (expected: >= 1)");
		assertRefused(() -> this.builder.writerBufferSize(-5), "writerBufferSize: -5 (expected: >= 1)");
		assertRefused(() -> this.builder.ssl(() -> null, Duration.ZERO),
				"handshakeTimeout: PT0S (expected: > 0, at most 100 years)");
		this.builder.transport(transport).liveness(Liveness.none().withUserTimeout(Duration.ofSeconds(1)));
		assertRefused(() -> this.builder.buildSock(TestHandlers.echo()),
				"userTimeout: PT1S (expected: none on the nio transport, which cannot set TCP_USER_TIMEOUT; "
						+ "use epoll, or readIdleTimeout)");
	}

	@Test
	@Tag("T12")
	void aServerNeedsATransport() {
		assertThatIllegalStateException().isThrownBy(() -> this.builder.buildSock(TestHandlers.echo()))
			.withMessage("transport: none (expected: a NettyTransport)");
	}

	@Test
	@Tag("T5")
	@Tag("T7")
	void theDefaultsAreThoseOfTheSeed() {
		TcpServerOptions<?, ?> options = new TcpServerOptions<>(WhereToListen.portChosenByOs());
		assertThat(options.maxConnections).isEqualTo(DescriptorLimit.defaultMaxConnections(DescriptorLimit.ofProcess()))
			.isGreaterThanOrEqualTo(10_000);
		assertThat(options.maxAcceptsPerBatch).isOne();
		assertThat(options.backlog).isEqualTo(64);
		assertThat(options.overload).isEqualTo(Overload.HOLD);
		assertThat(options.dropIncomingConnections).isFalse();
		assertThat(options.reuseAddress).isTrue();
		assertThat(options.reusePort).isFalse();
		assertThat(options.connection.bufferAgeLimit().atMost()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	@Tag("T5")
	void whereToListenSaysWhat() {
		InetAddress one = new InetSocketAddress("127.0.0.2", 0).getAddress();
		assertThat(WhereToListen.port(7000)).hasToString("0.0.0.0:7000");
		assertThat(WhereToListen.port(0)).isEqualTo(WhereToListen.portChosenByOs());
		assertThat(WhereToListen.portChosenByOs()).hasToString("0.0.0.0:(port chosen by OS)");
		assertThat(WhereToListen.inet(BindToAddress.localhost(), BindToPort.onPort(1))).hasToString("127.0.0.1:1");
		assertThat(WhereToListen.inet(BindToAddress.address(one), BindToPort.onPort(1))).hasToString("127.0.0.2:1");
		assertThat(WhereToListen.unix(Path.of("/run/s"))).hasToString("unix:/run/s");
	}

	@Test
	void aBuilderMayBuildSeveralServers() {
		this.builder.transport(transport).maxConnections(5).name("first");
		TcpServer<InetSocketAddress, Integer> first = this.builder.buildSock(TestHandlers.echo());
		TcpServer<InetSocketAddress, Integer> second = this.builder.maxConnections(6)
			.name("second")
			.buildSock(TestHandlers.echo());
		assertThat(first.maxConnections()).isEqualTo(5);
		assertThat(first.name()).isEqualTo("first");
		assertThat(second.maxConnections()).isEqualTo(6);
		assertThat(second.name()).isEqualTo("second");
	}

	private static void assertRefused(ThrowingCallable call, String message) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
	}

}
