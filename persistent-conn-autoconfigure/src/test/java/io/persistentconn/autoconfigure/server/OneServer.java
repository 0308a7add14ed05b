package io.persistentconn.autoconfigure.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpServerEvent;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a server that has some properties.
 */
final class OneServer {

	private OneServer() {
	}

	static ApplicationContextRunner server(String... properties) {
		return server(Handlers.greet("hello"), properties);
	}

	static ApplicationContextRunner server(TcpHandler<SocketAddress> handler, String... properties) {
		ApplicationContextRunner runner = Contexts.runner().withBean(TcpHandler.class, () -> handler);
		for (String property : properties) {
			runner = runner.withPropertyValues("persistent-conn.servers.quotes." + property);
		}
		return runner;
	}

	/** Two servers with one property each, and the same handler. */
	static ApplicationContextRunner servers(TcpHandler<SocketAddress> handler, String one, String ofOne, String other,
			String ofOther) {
		return Contexts
			.runner("persistent-conn.defaults.server.port=0", "persistent-conn.servers." + one + "." + ofOne,
					"persistent-conn.servers." + other + "." + ofOther)
			.withBean(one, TcpHandler.class, () -> handler)
			.withBean(other, TcpHandler.class, () -> handler);
	}

	static TcpServer<?, ?> only(AssertableApplicationContext context) {
		return context.getBean(TcpServer.class);
	}

	static InetSocketAddress on(String host, AssertableApplicationContext context) {
		return new InetSocketAddress(host, (Integer) only(context).listeningOn());
	}

	static CompletableFuture<Throwable> failure(TcpServer<?, ?> server) {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		server.addListener((event) -> {
			if (event instanceof TcpServerEvent.HandlerFailed failed) {
				failure.complete(failed.error());
			}
		});
		return failure;
	}

	static void assertGreeted(Peer peer) {
		assertGreeted(peer, () -> {
		});
	}

	static void assertGreeted(Peer peer, Meanwhile meanwhile) {
		try (peer) {
			assertThat(peer.receive(5)).isEqualTo("hello");
			meanwhile.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	interface Meanwhile {

		void run() throws IOException;

	}

}
