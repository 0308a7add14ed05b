package io.persistentconn.autoconfigure;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;

import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test as users write it: an application that talks to itself, started anew each time.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "persistent-conn.servers.ports.port=0",
				"persistent-conn.connections.echo.addresses=unix:${persistent-conn.servers.echo.unix-socket}",
				"persistent-conn.connections.echo.retry-delay=100ms" })
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
class DirtiesContextTests {

	@TempDir
	static Path directory;

	@DynamicPropertySource
	static void unixSocket(DynamicPropertyRegistry registry) {
		registry.add("persistent-conn.servers.echo.unix-socket", () -> directory.resolve("s"));
	}

	@RepeatedTest(3)
	void theApplicationTalksToItself(@Autowired PersistentConnection<TcpConnection<?>> connection,
			@Value("${local.persistent-conn.ports.port}") int port, @Autowired TcpServer<?, Integer> ports)
			throws Exception {
		TcpConnection<?> echo = connection.awaitConnected(Duration.ofSeconds(60));
		echo.writer().write("hello\n");
		assertThat(echo.reader().readLine().get()).contains("hello");
		assertThat(ports.listeningOn()).isEqualTo(port);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TcpHandler<SocketAddress> echo() {
			return Handlers.echo();
		}

		@Bean
		TcpHandler<SocketAddress> ports() {
			return Handlers.echo();
		}

	}

}
