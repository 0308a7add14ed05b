package io.persistentconn.autoconfigure.subscription;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import io.persistentconn.autoconfigure.testing.ChildJvm;
import io.persistentconn.autoconfigure.testing.Contexts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The server is another process, which is killed (SIGKILL) and started again.
 */
@Tag("D5")
class KilledServerTests {

	@Test
	void aSubscriptionRecoversFromTheDeathOfItsServer() throws IOException {
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
