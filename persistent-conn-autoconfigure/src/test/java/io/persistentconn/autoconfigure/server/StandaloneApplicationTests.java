package io.persistentconn.autoconfigure.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.persistentconn.autoconfigure.testing.ChildJvm;
import io.persistentconn.autoconfigure.testing.Peer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandaloneApplicationTests {

	@Test
	void anApplicationWithoutWebServerStaysAliveUntilItsContextIsClosed() {
		try (ChildJvm application = ChildJvm.run(StandaloneApplication.class,
				"--persistent-conn.servers.lines.port=0")) {
			int port = Integer.parseInt(application.awaitLine(StandaloneApplication.PORT));
			application.awaitLine(StandaloneApplication.MAIN_RETURNS);
			assertThat(application.exitsWithin(2)).isFalse();
			try (Peer peer = Peer.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
				assertThat(peer.send("hello\n").receive(6)).isEqualTo("hello\n");
				peer.send("exit\n");
				assertThat(peer.receive(5)).isEqualTo("exit\n");
			}
			assertThat(application.exitsWithin(120)).isTrue();
			assertThat(application.exitCode()).isZero();
		}
	}

	@Test
	void withoutServersItEnds() {
		try (ChildJvm application = ChildJvm.run(StandaloneApplication.class)) {
			application.awaitLine(StandaloneApplication.MAIN_RETURNS);
			assertThat(application.exitsWithin(120)).isTrue();
			assertThat(application.exitCode()).isZero();
		}
	}

	@Test
	void epollWhereItCannotBeUsedFailsTheStartWithAnAnalysis() {
		try (ChildJvm application = ChildJvm.run(StandaloneApplication.class, "-Dio.netty.transport.noNative=true",
				"--persistent-conn.servers.lines.port=0", "--persistent-conn.netty.transport=epoll")) {
			application.awaitLine("APPLICATION FAILED TO START");
			assertThat(application.awaitLine("Invalid value 'epoll' for configuration property "))
				.startsWith("'persistent-conn.netty.transport'");
			assertThat(application.awaitLine("transport: epoll (expected: ")).isNotEmpty();
			assertThat(application.exitsWithin(120)).isTrue();
			assertThat(application.exitCode()).isEqualTo(1);
		}
	}

}
