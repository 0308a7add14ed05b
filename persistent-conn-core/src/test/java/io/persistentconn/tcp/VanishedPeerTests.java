package io.persistentconn.tcp;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that vanishes without a word is noticed, on both sides, idle or in mid-traffic,
 * and the error says by what. For real: on a network whose other end stops answering.
 */
@Tag("T13")
@Timeout(300)
class VanishedPeerTests {

	private static final Liveness KEEP_ALIVE = Liveness.none()
		.withKeepAlive(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

	private static final Liveness USER_TIMEOUT = Liveness.none().withUserTimeout(Duration.ofSeconds(2));

	private static final Liveness BOTH = KEEP_ALIVE.withUserTimeout(Duration.ofSeconds(2));

	private static final Liveness READ_IDLE = Liveness.none().withReadIdleTimeout(Duration.ofSeconds(3));

	private final BlockingQueue<TcpConnection<InetSocketAddress>> accepted = new LinkedBlockingQueue<>();

	@ParameterizedTest
	@EnumSource
	void itIsNoticedAndTheErrorSaysByWhat(BlackHole.Way way) throws Exception {
		try (BlackHole network = new BlackHole(); NettyTransports transports = new NettyTransports()) {
			List<TcpServer<?, Integer>> servers = new ArrayList<>();
			List<String> addresses = new ArrayList<>();
			for (NettyTransport transport : transports.all()) {
				TcpServer<?, Integer> server = server(network, transport);
				servers.add(server);
				addresses.add(network.here().getHostAddress() + ":" + server.listeningOn());
			}
			Process peer = network.start(javaCommand(addresses));
			BufferedReader says = new BufferedReader(
					new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
			InetSocketAddress there = new InetSocketAddress(network.there(), Integer.parseInt(says.readLine()));
			assertThat(says.readLine()).isEqualTo("connected " + addresses.size());

			List<Expectation> expectations = new ArrayList<>();
			TcpConnection<InetSocketAddress> unprotected = connect(transports.nio(), there, Liveness.none());
			for (NettyTransport transport : transports.all()) {
				expect(expectations, KeepAliveTimeoutException.class, this.accepted.take());
				expect(expectations, KeepAliveTimeoutException.class, connect(transport, there, KEEP_ALIVE));
				expect(expectations, ReadIdleTimeoutException.class, connect(transport, there, READ_IDLE));
			}
			TcpConnection<InetSocketAddress> busy = connect(transports.nio(), there, READ_IDLE);
			expect(expectations, ReadIdleTimeoutException.class, busy);
			List<TcpConnection<InetSocketAddress>> writing = new ArrayList<>(List.of(unprotected, busy));
			if (transports.epoll() != null) {
				expect(expectations, KeepAliveTimeoutException.class, connect(transports.epoll(), there, BOTH));
				for (Liveness liveness : List.of(USER_TIMEOUT, BOTH)) {
					TcpConnection<InetSocketAddress> connection = connect(transports.epoll(), there, liveness);
					expect(expectations, UserTimeoutException.class, connection);
					writing.add(connection);
				}
			}
			for (TcpConnection<InetSocketAddress> connection : writing) {
				connection.writer().write("arrives");
				Loopback.get(connection.writer().flushed());
			}
			network.vanish(way);
			writing.forEach((connection) -> connection.writer().write("does not arrive"));
			for (Expectation expectation : expectations) {
				Loopback.get(expectation.connection.closeFinished());
				assertThat(expectation.connection.closeReason()).get().isInstanceOf(expectation.reason);
			}
			assertThat(unprotected.isClosed()).as("without any of them nothing is noticed for long").isFalse();
			for (TcpServer<?, Integer> server : servers) {
				Loopback.get(server.closeAsync(CloseExisting.YES));
			}
		}
	}

	private static void expect(List<Expectation> expectations, Class<? extends TcpConnectionException> reason,
			TcpConnection<InetSocketAddress> connection) {
		expectations.add(new Expectation(connection, reason));
	}

	private TcpServer<?, Integer> server(BlackHole network, NettyTransport transport) throws Exception {
		return Loopback
			.get(TcpServer.builder(WhereToListen.inet(BindToAddress.address(network.here()), BindToPort.chosenByOs()))
				.transport(transport)
				.liveness(KEEP_ALIVE)
				.start((connection) -> {
					this.accepted.add(connection);
					return connection.closeFinished();
				}));
	}

	private static TcpConnection<InetSocketAddress> connect(NettyTransport transport, InetSocketAddress there,
			Liveness liveness) {
		return Loopback.get(TcpClient.over(transport)
			.connect(WhereToConnect.inet(there), ConnectOptions.defaults().withLiveness(liveness)));
	}

	private static String[] javaCommand(List<String> addresses) throws Exception {
		String classes = Path.of(RemotePeer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
			.toString();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes,
						RemotePeer.class.getName()));
		command.addAll(addresses);
		return command.toArray(new String[0]);
	}

	private record Expectation(TcpConnection<InetSocketAddress> connection,
			Class<? extends TcpConnectionException> reason) {
	}

	private static final class NettyTransports implements AutoCloseable {

		private final NettyTransport nio = NettyTransport.nio(1, "nio-vanish");

		private final NettyTransport epoll = Epoll.isAvailable() ? NettyTransport.epoll(1, "epoll-vanish") : null;

		NettyTransport nio() {
			return this.nio;
		}

		NettyTransport epoll() {
			return this.epoll;
		}

		List<NettyTransport> all() {
			return (this.epoll != null) ? List.of(this.nio, this.epoll) : List.of(this.nio);
		}

		@Override
		public void close() {
			all().forEach((transport) -> Loopback.get(transport.closeAsync()));
		}

	}

}
