package io.persistentconn.autoconfigure.subscription;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.persistentconn.autoconfigure.testing.ChildJvm;
import io.persistentconn.autoconfigure.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server is another process, which is killed (SIGKILL) and started again.
 */
@Tag("C16")
@Tag("D5")
@ExtendWith(OutputCaptureExtension.class)
class KilledServerTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.persistentconn");

	@BeforeEach
	void logAsInProduction() {
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void logAsInTests() {
		this.logger.setLevel(null);
	}

	@Test
	void aSubscriptionRecoversFromTheDeathOfItsServer(CapturedOutput output) throws IOException {
		int port = freePort();
		Contexts
			.runner("persistent-conn.connections.quotes.protocol=rpc",
					"persistent-conn.connections.quotes.addresses=127.0.0.1:" + port,
					"persistent-conn.connections.quotes.retry-delay=20ms",
					"persistent-conn.subscriptions.book.resubscribe-delay=20ms",
					"persistent-conn.connections.quotes.auto-start=false", "symbol=AAPL")
			.withUserConfiguration(DurableSubscriptionTests.BookReader.class)
			.run((context) -> {
				News news = context.getBean(DurableSubscriptionTests.BookReader.class).news;
				try (ChildJvm server = serve(port, 1)) {
					server.awaitLine("listening");
					Applications.connect(context);
					news.awaitLast("Book[symbol=AAPL, total=1]");
				}
				news.awaitLast("failed");
				try (ChildJvm server = serve(port, 2)) {
					server.awaitLine("listening");
					news.await("attempting", "success", "Book[symbol=AAPL, total=1]", "lost", "attempting", "success",
							"Book[symbol=AAPL, total=2]");
				}
			});
		List<String> logged = output.getAll().lines().map(KilledServerTests::news).flatMap(Optional::stream).toList();
		assertThat(logged).doesNotHaveDuplicates();
		for (String once : List.of("Subscription book: subscribed", "Subscription book: lost",
				"Subscription book: recovered", "quotes: lost the connection")) {
			assertThat(logged).filteredOn((line) -> line.startsWith(once)).as(once).hasSize(1);
		}
	}

	/** What a line says, if it is for those who run the application. */
	private static Optional<String> news(String line) {
		return line.matches("\\S+ (INFO|WARN|ERROR) .*") ? Optional.of(line.replaceFirst(".*? - ", ""))
				: Optional.empty();
	}

	private static ChildJvm serve(int port, long total) {
		return ChildJvm.run(BookServer.class, String.valueOf(port), String.valueOf(total));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
