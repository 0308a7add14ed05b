package io.persistentconn.autoconfigure.subscription;

import java.util.concurrent.TimeUnit;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.tcp.CloseExisting;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * Applications with a {@link BookService} on the server {@code quotes}, and a connection
 * to that over TCP.
 */
final class Applications {

	static final String BOOK = "persistent-conn.subscriptions.book.";

	/** The connection starts with {@link #connect}, once there is a server for sure. */
	static final String LATE = "persistent-conn.connections.quotes.auto-start=false";

	private Applications() {
	}

	static ApplicationContextRunner runner(Class<?>... types) {
		return Contexts
			.runner("persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0",
					"persistent-conn.connections.quotes.protocol=rpc",
					"persistent-conn.connections.quotes.retry-delay=20ms",
					"persistent-conn.defaults.subscription.resubscribe-delay=20ms", "symbol=AAPL")
			.withUserConfiguration(ToOwnServer.class, BookService.class)
			.withUserConfiguration(types);
	}

	/** One without connections, servers and services of its own. */
	static ApplicationContextRunner child(ApplicationContext parent) {
		return Contexts.runner().withParent(parent);
	}

	static void connect(ApplicationContext context) {
		context.getBean(PersistentConnections.class).get("quotes").start();
	}

	static BookService service(ApplicationContext context) {
		return context.getBean(BookService.class);
	}

	/** No server any more, and all its connections closed. */
	static void stopServer(ApplicationContext context) throws Exception {
		context.getBean(TcpServers.class).get("quotes").stop(CloseExisting.YES).get(60, TimeUnit.SECONDS);
	}

	/** Listens again, on another port. */
	static void startServer(ApplicationContext context) throws Exception {
		context.getBean(TcpServers.class).get("quotes").start().get(60, TimeUnit.SECONDS);
	}

}
