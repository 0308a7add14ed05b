package io.persistentconn.autoconfigure.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Ipv6;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.connection.ConnectionStatus;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.BufferAgeLimitException;
import io.persistentconn.tcp.ConnectTimedOutException;
import io.persistentconn.tcp.ReadIdleTimeoutException;
import io.persistentconn.tcp.TcpConnection;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Each property of a connection changes what the connection does.
 */
class ConnectionPropertiesTests {

	/** More than the buffers of both kernels can hold. */
	private static final int MUCH = 20 * 1024 * 1024;

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	Path directory;

	@Test
	void addressesAreTriedInTurn() {
		try (Listener listener = Listener.open()) {
			connection("addresses=" + Listener.nobody() + "," + listener.address()).run((context) -> {
				try (Peer peer = listener.accept()) {
					connected(context).writer().write("hello");
					assertThat(peer.receive(5)).isEqualTo("hello");
					assertThat(only(context).status().failures()).isZero();
				}
			});
		}
	}

	@Test
	void anAddressMayBeAUnixSocket() throws IOException {
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
		try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			listener.bind(address);
			connection("addresses=unix:" + address).run((context) -> {
				try (Peer peer = Peer.of(listener.accept())) {
					connected(context).writer().write("hello");
					assertThat(peer.receive(5)).isEqualTo("hello");
				}
			});
		}
	}

	@Test
	void anAddressMayBeAnIpv6Literal() throws IOException {
		try (ServerSocketChannel listener = Ipv6.listen()) {
			int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
			connection("addresses=[::1]:" + port)
				.run((context) -> assertThat(connected(context).remoteAddress()).asString()
					.endsWith("[0:0:0:0:0:0:0:1]:" + port));
		}
	}

	@Test
	void retryDelaySpacesAttempts() {
		assertNextAttemptIn(Duration.ofSeconds(1000), Duration.ofSeconds(1000), "retry-jitter=0", "retry-delay=1000s");
		assertNextAttemptIn(Duration.ofSeconds(2000), Duration.ofSeconds(2000), "retry-jitter=0", "retry-delay=2000s");
	}

	@Test
	void retryJitterSpreadsTheDelay() {
		assertNextAttemptIn(Duration.ofSeconds(500), Duration.ofSeconds(1500), "retry-jitter=0.5", "retry-delay=1000s");
		List<Duration> delays = new ArrayList<>();
		connection("addresses=" + Listener.nobody(), "retry-jitter=0.5", "retry-delay=1000s").run((context) -> {
			for (int i = 0; i < 20; i++) {
				delays.add(nextAttemptIn(context, i + 1));
			}
		});
		assertThat(delays).anyMatch((delay) -> delay.toSeconds() < 950).anyMatch((delay) -> delay.toSeconds() > 1050);
	}

	@Test
	void maxRetryDelayLetsTheDelayDoubleUpToIt() {
		List<Duration> delays = new ArrayList<>();
		connection("addresses=" + Listener.nobody(), "retry-jitter=0", "retry-delay=1000s", "max-retry-delay=3500s")
			.run((context) -> {
				for (int i = 0; i < 4; i++) {
					delays.add(nextAttemptIn(context, i + 1));
				}
			});
		assertAbout(delays.get(0), 1000);
		assertAbout(delays.get(1), 2000);
		assertAbout(delays.get(2), 3500);
		assertAbout(delays.get(3), 3500);
	}

	private void assertNextAttemptIn(Duration least, Duration most, String... properties) {
		connection(properties).withPropertyValues("persistent-conn.connections.quotes.addresses=" + Listener.nobody())
			.run((context) -> assertThat(nextAttemptIn(context, 1)).isBetween(least.minusSeconds(60), most));
	}

	/** Some seconds may have passed since the delay was set. */
	private static void assertAbout(Duration delay, int seconds) {
		assertThat(delay.toSeconds()).isBetween(seconds - 60L, (long) seconds);
	}

	/** The delay after the failures so far; begins the next attempt. */
	private static Duration nextAttemptIn(AssertableApplicationContext context, int failures) {
		PersistentConnection<?> connection = only(context);
		await().atMost(LONG)
			.until(() -> connection.status().failures() == failures && connection.status().nextAttempt().isPresent());
		ConnectionStatus status = connection.status();
		Duration delay = Duration.between(Instant.now(), status.nextAttempt().orElseThrow());
		connection.retryNow();
		return delay;
	}

	@Test
	void initialSpreadDelaysTheFirstAttemptAfterALoss() {
		assertThat(delayAfterLoss("initial-spread=0s")).isLessThan(Duration.ofSeconds(1));
		assertThat(delayAfterLoss("initial-spread=100h")).isGreaterThan(Duration.ofSeconds(60));
	}

	private static Duration delayAfterLoss(String property) {
		Duration[] delay = new Duration[1];
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), "retry-delay=1ms", property)
				.withBean(PersistentConnectionCustomizer.class,
						() -> (name, builder) -> builder.random(new SplittableRandom(7)))
				.run((context) -> {
					List<Instant> nextAttempts = new ArrayList<>();
					listener.accept().close();
					await().atMost(LONG).until(() -> {
						only(context).status().nextAttempt().ifPresent(nextAttempts::add);
						return !nextAttempts.isEmpty() || only(context).status().connects() > 1;
					});
					delay[0] = nextAttempts.isEmpty() ? Duration.ZERO
							: Duration.between(Instant.now(), nextAttempts.get(0));
				});
		}
		return delay[0];
	}

	@Test
	void connectTimeoutBoundsAnAttempt() throws IOException {
		try (Listener full = Listener.withBacklog(1)) {
			List<Socket> waiting = fill(full);
			connection("addresses=" + full.address(), "connect-timeout=100ms").run((context) -> {
				await().atMost(LONG).until(() -> only(context).status().failures() > 0);
				assertThat(only(context).status().lastError()).get()
					.isInstanceOf(ConnectTimedOutException.class)
					.asString()
					.contains("PT0.1S");
			});
			connection("addresses=" + full.address(), "connect-timeout=1h").run((context) -> {
				await().atMost(LONG).until(() -> only(context).status().phase() == Phase.CONNECTING);
				assertThat(only(context).status().failures()).isZero();
			});
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	/** Connects until the backlog takes no more. */
	private static List<Socket> fill(Listener listener) throws IOException {
		List<Socket> waiting = new ArrayList<>();
		while (true) {
			Socket socket = new Socket();
			waiting.add(socket);
			try {
				socket.connect(listener.socketAddress(), 500);
			}
			catch (SocketTimeoutException ex) {
				return waiting;
			}
		}
	}

	@Test
	void bindToAddressIsWhereItConnectsFrom() {
		assertThat(connectsFrom()).isEqualTo("127.0.0.1");
		assertThat(connectsFrom("bind-to-address=127.0.0.2")).isEqualTo("127.0.0.2");
	}

	private static String connectsFrom(String... properties) {
		String[] from = new String[1];
		try (Listener listener = Listener.open()) {
			connection(properties)
				.withPropertyValues("persistent-conn.connections.quotes.addresses=" + listener.address())
				.run((context) -> {
					try (Peer peer = listener.accept()) {
						from[0] = ((InetSocketAddress) peer.channel().getRemoteAddress()).getAddress().getHostAddress();
					}
				});
		}
		return from[0];
	}

	@Test
	void autoStartFalseWaitsToBeStarted() {
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), "auto-start=false").run((context) -> {
				assertThat(only(context).status().phase()).isEqualTo(Phase.NOT_STARTED);
				only(context).start();
				listener.accept().close();
			});
		}
	}

	@Test
	void failFastFailsTheStartIfTheFirstAttemptFails() {
		connection("addresses=" + Listener.nobody(), "fail-fast=true").run((context) -> assertThat(context).getFailure()
			.hasCauseInstanceOf(FailFastConnectionException.class)
			.cause()
			.hasMessageStartingWith("The connection 'quotes' could not be established: ")
			.hasMessageContaining("Connection refused"));
	}

	@Test
	void failFastWaitsForTheFirstConnection() {
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), "fail-fast=true")
				.run((context) -> assertThat(only(context).currentConnection()).isPresent());
		}
	}

	@Test
	void keepAliveIsHowTheOperatingSystemProbes() {
		assertKeepAlive(60, 10, 6);
		assertKeepAlive(7, 3, 2, "keep-alive.idle=7s", "keep-alive.interval=3s", "keep-alive.count=2");
	}

	private void assertKeepAlive(int idle, int interval, int count, String... properties) {
		try (Listener listener = Listener.open()) {
			connection(properties)
				.withPropertyValues("persistent-conn.netty.transport=nio",
						"persistent-conn.connections.quotes.addresses=" + listener.address())
				.run((context) -> {
					ChannelConfig config = connected(context).channel().config();
					assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
					assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
						.isEqualTo(idle);
					assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
						.isEqualTo(interval);
					assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
						.isEqualTo(count);
				});
		}
	}

	@Test
	void userTimeoutIsHowLongBytesMayStayUnacknowledged() {
		assumeTrue(Epoll.isAvailable(), "epoll is not available on this platform");
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), "user-timeout=1234ms").run((context) -> assertThat(
					connected(context).channel().config().getOption(EpollChannelOption.TCP_USER_TIMEOUT))
				.isEqualTo(1234));
		}
	}

	@Test
	void readIdleTimeoutIsHowLongThePeerMayBeSilent() {
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), "read-idle-timeout=100ms").run((context) -> {
				TcpConnection<?> connection = connected(context);
				connection.closeFinished().join();
				assertThat(connection.closeReason()).containsInstanceOf(ReadIdleTimeoutException.class);
			});
		}
	}

	@Test
	void bufferAgeLimitIsHowLongThePeerMayNotRead() {
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), "buffer-age-limit=200ms").run((context) -> {
				TcpConnection<?> connection = connected(context);
				connection.writer().write(new byte[MUCH]);
				connection.closeFinished().join();
				assertThat(connection.closeReason()).containsInstanceOf(BufferAgeLimitException.class);
			});
		}
	}

	@Test
	void readerBufferSizeIsHowMuchIsReceivedUnasked() {
		try (Listener small = Listener.open(); Listener large = Listener.open()) {
			Contexts
				.runner("persistent-conn.connections.small.addresses=" + small.address(),
						"persistent-conn.connections.small.reader-buffer-size=1KB",
						"persistent-conn.connections.large.addresses=" + large.address(),
						"persistent-conn.connections.large.reader-buffer-size=50MB")
				.run((context) -> {
					try (Peer smallPeer = small.accept(); Peer largePeer = large.accept()) {
						CompletableFuture<?> smallSent = smallPeer.sendInBackground(new byte[MUCH]);
						largePeer.send(new byte[MUCH]);
						assertThat(smallSent).isNotDone();
						smallPeer.reset();
						largePeer.reset();
					}
				});
		}
	}

	@Test
	void writerBufferSizeIsWhenTheWriterIsBackedUp() {
		assertThat(isBackedUpBy200Kilobytes("writer-buffer-size=128KB")).isTrue();
		assertThat(isBackedUpBy200Kilobytes("writer-buffer-size=256KB")).isFalse();
	}

	private static boolean isBackedUpBy200Kilobytes(String property) {
		boolean[] backedUp = new boolean[1];
		try (Listener listener = Listener.open()) {
			connection("addresses=" + listener.address(), property).run((context) -> {
				TcpConnection<?> connection = connected(context);
				backedUp[0] = CompletableFuture.supplyAsync(() -> {
					connection.writer().write(new byte[200 * 1024]);
					return connection.writer().isBackedUp();
				}, connection.channel().eventLoop()).join();
			});
		}
		return backedUp[0];
	}

	private static ApplicationContextRunner connection(String... properties) {
		ApplicationContextRunner runner = Contexts.runner();
		for (String property : properties) {
			runner = runner.withPropertyValues("persistent-conn.connections.quotes." + property);
		}
		return runner;
	}

	private static PersistentConnection<TcpConnection<?>> only(AssertableApplicationContext context) {
		return context.getBean(PersistentConnections.class).tcp("quotes");
	}

	private static TcpConnection<?> connected(AssertableApplicationContext context) throws InterruptedException {
		return only(context).awaitConnected(LONG);
	}

}
