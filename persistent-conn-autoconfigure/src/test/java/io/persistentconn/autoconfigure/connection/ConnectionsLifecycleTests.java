package io.persistentconn.autoconfigure.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.server.ServersLifecycle;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConnectionsLifecycleTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	@Tag("C17")
	void threeRoundsOfStopAndStartWithTheSameBean() {
		try (Listener listener = Listener.open()) {
			Contexts.runner("persistent-conn.connections.quotes.addresses=" + listener.address()).run((context) -> {
				PersistentConnection<TcpConnection<?>> quotes = context.getBean(PersistentConnections.class)
					.tcp("quotes");
				for (int round = 0; round < 3; round++) {
					try (Peer peer = listener.accept()) {
						quotes.awaitConnected(LONG).writer().write("hello");
						assertThat(peer.receive(5)).isEqualTo("hello");
						context.getSourceApplicationContext().stop();
						peer.awaitClosed();
					}
					assertThat(quotes.status().phase()).isEqualTo(Phase.PAUSED);
					assertThat(quotes.currentConnection()).isEmpty();
					context.getSourceApplicationContext().start();
				}
				listener.accept().close();
				assertThat(context.getBean("quotesConnection")).isSameAs(quotes);
				assertThat(quotes.isClosed()).isFalse();
			});
		}
	}

	@Test
	void theEndOfTheContextClosesForGoodAndEndsTheEventLoops() {
		List<PersistentConnection<?>> connections = new ArrayList<>();
		List<NettyTransport> transports = new ArrayList<>();
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody()).run((context) -> {
			connections.add(context.getBean(PersistentConnection.class));
			transports.add(context.getBean(NettyTransport.class));
		});
		assertThat(connections.get(0).isClosed()).isTrue();
		assertThat(connections.get(0).closeFinished()).isDone();
		assertThat(transports.get(0).closeFinished()).isDone();
	}

	@Test
	void stopAndStartLeaveAloneWhatTheApplicationPaused() {
		Contexts.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody()).run((context) -> {
			PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
			quotes.pause().join();
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			// The owner has nothing to do with it any more.
			CompletableFuture<Void> barrier = new CompletableFuture<>();
			quotes.addListener((event) -> barrier.complete(null));
			barrier.join();
			assertThat(quotes.status().phase()).isEqualTo(Phase.PAUSED);
		});
	}

	@Test
	void stopAndStartResumeWhatTheApplicationStarted() {
		Contexts
			.runner("persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
					"persistent-conn.connections.quotes.auto-start=false")
			.run((context) -> {
				PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
				context.getSourceApplicationContext().stop();
				context.getSourceApplicationContext().start();
				assertThat(quotes.status().phase()).isEqualTo(Phase.NOT_STARTED);
				quotes.start();
				await().atMost(LONG).until(() -> quotes.status().phase() == Phase.CONNECTING);
				context.getSourceApplicationContext().stop();
				assertThat(quotes.status().phase()).isEqualTo(Phase.PAUSED);
				context.getSourceApplicationContext().start();
				await().atMost(LONG).until(() -> quotes.status().phase() == Phase.CONNECTING);
			});
	}

	@Test
	void connectionsStartBeforeServersAndStopAfterThem() {
		assertThat(ConnectionsLifecycle.PHASE).isLessThan(ServersLifecycle.PHASE);
	}

}
