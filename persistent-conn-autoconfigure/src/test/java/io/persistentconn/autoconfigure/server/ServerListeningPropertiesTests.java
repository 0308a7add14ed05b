package io.persistentconn.autoconfigure.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.persistentconn.autoconfigure.testing.Accepted;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Ipv6;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.tcp.NettyTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.persistentconn.autoconfigure.server.OneServer.assertGreeted;
import static io.persistentconn.autoconfigure.server.OneServer.on;
import static io.persistentconn.autoconfigure.server.OneServer.only;
import static io.persistentconn.autoconfigure.server.OneServer.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Each property of a server that says where it listens and whom it accepts changes that.
 */
class ServerListeningPropertiesTests {

	@TempDir
	Path directory;

	@Test
	void portIsWhereItListens() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		server("port=" + port).run((context) -> {
			assertThat(only(context).listeningOn()).isEqualTo(port);
			assertGreeted(Peer.to(new InetSocketAddress("localhost", port)));
		});
	}

	@Test
	void addressIsTheOnlyOneItListensOn() {
		server("port=0").run((context) -> assertGreeted(Peer.to(on("127.0.0.2", context))));
		server("port=0", "address=127.0.0.1").run((context) -> {
			assertGreeted(Peer.to(on("127.0.0.1", context)));
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> Peer.to(on("127.0.0.2", context)))
				.withCauseInstanceOf(ConnectException.class);
		});
	}

	@Test
	void addressMayBeAnIpv6Literal() throws IOException {
		Ipv6.listen().close();
		server("port=0", "address=::1").run((context) -> assertGreeted(Peer.to(on("::1", context))));
	}

	@Test
	void unixSocketIsListenedOnInsteadOfAPort() {
		Path path = this.directory.resolve("s");
		server("unix-socket=" + path).run((context) -> {
			assertGreeted(Peer.to(UnixDomainSocketAddress.of(path)));
			assertThat(context.getEnvironment().getProperty("local.persistent-conn.quotes.port")).isNull();
		});
	}

	@Test
	void backlogIsHowManyMayWaitToBeAccepted() {
		assertThat(waiting("backlog=2", 8)).isLessThan(8);
		assertThat(waiting("backlog=16", 8)).isEqualTo(8);
	}

	/** How many of some clients are let in to wait behind one that is served. */
	private int waiting(String backlog, int clients) {
		List<Socket> connected = new ArrayList<>();
		server("port=0", "max-connections=1", backlog).run((context) -> {
			assertGreeted(Peer.of(only(context)), () -> {
				for (int i = 0; i < clients; i++) {
					Socket client = new Socket();
					try {
						client.connect(on("127.0.0.1", context), 500);
						connected.add(client);
					}
					catch (SocketTimeoutException ex) {
						client.close();
					}
				}
			});
			for (Socket client : connected) {
				client.close();
			}
		});
		return connected.size();
	}

	@Test
	void maxConnectionsIsHowManyAreServedAtATime() {
		server("port=0", "max-connections=2").run((context) -> {
			try (Peer first = Peer.of(only(context)); Peer second = Peer.of(only(context))) {
				assertThat(first.receive(5)).isEqualTo("hello");
				assertThat(second.receive(5)).isEqualTo("hello");
				try (Peer third = Peer.of(only(context))) {
					assertThat(only(context).numConnections()).isEqualTo(2);
					first.reset();
					assertThat(third.receive(5)).isEqualTo("hello");
				}
			}
		});
	}

	@Test
	void overloadRejectClosesWhoIsTooMuch() {
		server("port=0", "max-connections=1", "overload=reject").run((context) -> {
			try (Peer first = Peer.of(only(context)); Peer second = Peer.of(only(context))) {
				assertThat(first.receive(5)).isEqualTo("hello");
				second.awaitClosed();
				assertThat(only(context).counters().rejected()).isEqualTo(1);
			}
		});
	}

	@Test
	void maxAcceptsPerBatchIsHowManyAreAcceptedAtATime() {
		assertThat(biggestBatch("max-accepts-per-batch=1")).isEqualTo(1);
		assertThat(biggestBatch("max-accepts-per-batch=4")).isEqualTo(4);
	}

	/** Lets eight clients wait until the only event loop is free to accept them. */
	private int biggestBatch(String property) {
		int[] biggest = new int[1];
		server("port=0", property).withPropertyValues("persistent-conn.netty.event-loop-threads=1").run((context) -> {
			Accepted accepted = Accepted.by(only(context));
			CountDownLatch busy = new CountDownLatch(1);
			context.getBean(NettyTransport.class).next().execute(() -> awaitLatch(busy));
			List<Peer> peers = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				peers.add(Peer.of(only(context)));
			}
			busy.countDown();
			for (Peer peer : peers) {
				assertGreeted(peer);
			}
			biggest[0] = accepted.biggestBatch();
		});
		return biggest[0];
	}

	@Test
	void dropIncomingConnectionsClosesWhoComes() {
		server("port=0", "drop-incoming-connections=true").run((context) -> {
			try (Peer peer = Peer.of(only(context))) {
				peer.awaitClosed();
			}
			only(context).setDropIncomingConnections(false);
			assertGreeted(Peer.of(only(context)));
		});
	}

	@Test
	void reuseAddressIsWhatLetsItListenWhereConnectionsLinger() {
		int[] port = new int[1];
		server(Handlers.greetAndLeave("hello"), "port=0").run((context) -> {
			port[0] = (Integer) only(context).listeningOn();
			try (Peer peer = Peer.of(only(context))) {
				assertThat(peer.receive(5)).isEqualTo("hello");
				// The server closes first, so its end lingers.
				peer.awaitClosed();
			}
		});
		server("port=" + port[0], "reuse-address=false").run((
				context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("ddress already in use"));
		server("port=" + port[0]).run((context) -> assertThat(context).hasNotFailed());
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
