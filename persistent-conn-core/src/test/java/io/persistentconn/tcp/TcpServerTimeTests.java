package io.persistentconn.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpServerTimeTests {

	private static final Duration NANOSECOND = Duration.ofNanos(1);

	@TempDir
	Path directory;

	private final Logger logger = (Logger) LoggerFactory.getLogger(TcpServer.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void listenToTheLog() {
		this.lines.start();
		this.logger.addAppender(this.lines);
		this.logger.setAdditive(false);
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void leaveTheLogAlone() {
		this.logger.setAdditive(true);
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("T7")
	void theLimitIsReportedAtMostOnceAMinute(ServerKind kind) throws Exception {
		assumeAvailable(kind);
		try (FrozenTime time = new FrozenTime(kind)) {
			TcpServer<SocketAddress, Object> server = time.get(TcpServer.builder(kind.where(this.directory))
				.transport(time.transport())
				.name("quotes")
				.maxConnections(1)
				.startSock(TestHandlers.hold()));
			List<TcpServerEvent> events = new ArrayList<>();
			server.addListener(events::add);
			time.run();
			events.clear();
			reachTheLimit(time, server);
			reachTheLimit(time, server);
			TcpServerEvent limitReached = new TcpServerEvent.LimitReached(1);
			assertThat(events).containsExactly(limitReached);
			time.advance(Duration.ofMinutes(1).minus(NANOSECOND));
			reachTheLimit(time, server);
			assertThat(events).containsExactly(limitReached);
			time.advance(NANOSECOND);
			reachTheLimit(time, server);
			assertThat(events).containsExactly(limitReached, limitReached);
			assertThat(this.lines.list).extracting(ILoggingEvent::getFormattedMessage)
				.containsExactly("Server quotes: as many clients as maxConnections allows, 1; overload: HOLD",
						"Server quotes: as many clients as maxConnections allows, 1; overload: HOLD");
			assertThat(server.counters().limitReached()).isEqualTo(4);
			time.get(server.closeAsync());
		}
	}

	@Test
	@Tag("T7")
	void acceptingIsTriedAgainLaterAndLater() throws Exception {
		AtomicBoolean failing = new AtomicBoolean(true);
		try (FrozenTime time = new FrozenTime(ServerKind.NIO_INET)) {
			TcpServer<SocketAddress, Object> server = time.get(TcpServer.builder(ServerKind.localPort(0))
				.transport(time.transport())
				.name("quotes")
				.socket(() -> failingToAccept(failing))
				.startSock(TestHandlers.echo()));
			try (PlainClient client = PlainClient.connect(server)) {
				time.runUntil(() -> failures(server) == 1);
				int failures = 1;
				for (long pause : new long[] { 100, 200, 400, 800, 1000, 1000 }) {
					time.advance(Duration.ofMillis(pause).minus(NANOSECOND));
					assertThat(failures(server)).isEqualTo(failures);
					time.advance(NANOSECOND);
					assertThat(failures(server)).isEqualTo(++failures);
				}
				failing.set(false);
				time.advance(Duration.ofSeconds(1));
				time.runUntil(() -> server.numConnections() == 1);
				assertThat(client.channel().isConnected()).isTrue();
				failing.set(true);
				try (PlainClient next = PlainClient.connect(server)) {
					time.runUntil(() -> failures(server) == 8);
					time.advance(Duration.ofMillis(100).minus(NANOSECOND));
					assertThat(failures(server)).isEqualTo(8);
					time.advance(NANOSECOND);
					assertThat(failures(server)).isEqualTo(9);
					assertThat(next.channel().isConnected()).isTrue();
				}
			}
			assertThat(this.lines.list).extracting(ILoggingEvent::getFormattedMessage)
				.containsExactly("Server quotes: could not accept, will try again: "
						+ "java.io.IOException: Too many open files, as expected");
			time.get(server.closeAsync(CloseExisting.YES));
			time.advance(Duration.ofSeconds(1));
			assertThat(failures(server)).isEqualTo(9);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "NIO_INET", "EPOLL_INET" })
	@Tag("T6")
	void aTlsHandshakeMayTakeTenSecondsAndCountsMeanwhile(ServerKind kind) throws Exception {
		assumeAvailable(kind);
		TestCertificate certificate = TestCertificate.create(this.directory, "dns:localhost");
		try (FrozenTime time = new FrozenTime(kind)) {
			TcpServer<SocketAddress, Object> server = time.get(TcpServer.builder(kind.where(this.directory))
				.transport(time.transport())
				.ssl(certificate.forServer())
				.startSock(TestHandlers.echo()));
			try (PlainClient silent = PlainClient.connect(server)) {
				time.runUntil(() -> server.numConnections() == 1);
				time.advance(Duration.ofSeconds(10).minus(NANOSECOND));
				assertThat(server.numConnections()).isOne();
				time.advance(NANOSECOND);
				time.runUntil(() -> server.numConnections() == 0);
				silent.awaitClosed();
			}
			assertThat(server.counters().handlerErrors()).isZero();
			time.get(server.closeAsync());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "NIO_INET", "EPOLL_INET" })
	@Tag("T10")
	void whoeverIsStillShakingHandsWhenTheServerStopsIsClosedAtOnce(ServerKind kind) throws Exception {
		assumeAvailable(kind);
		TestCertificate certificate = TestCertificate.create(this.directory, "dns:localhost");
		try (FrozenTime time = new FrozenTime(kind)) {
			TcpServer<SocketAddress, Object> server = time.get(TcpServer.builder(kind.where(this.directory))
				.transport(time.transport())
				.ssl(certificate.forServer())
				.startSock(TestHandlers.echo()));
			try (PlainClient silent = PlainClient.connect(server)) {
				time.runUntil(() -> server.numConnections() == 1);
				time.get(server.stop(CloseExisting.NO));
				time.runUntil(() -> server.numConnections() == 0);
				silent.awaitClosed();
			}
			time.get(server.closeAsync());
		}
	}

	private static void reachTheLimit(FrozenTime time, TcpServer<?, ?> server) throws IOException {
		try (PlainClient client = PlainClient.connect(server)) {
			time.runUntil(() -> server.numConnections() == 1);
			assertThat(client.channel().isConnected()).isTrue();
		}
		time.runUntil(() -> server.numConnections() == 0);
	}

	private static long failures(TcpServer<?, ?> server) {
		return server.counters().failedAccepts();
	}

	private static NioServerSocketChannel failingToAccept(AtomicBoolean failing) {
		return new NioServerSocketChannel() {

			@Override
			protected int doReadMessages(List<Object> accepted) throws Exception {
				if (failing.get()) {
					throw new IOException("Too many open files, as expected");
				}
				return super.doReadMessages(accepted);
			}

		};
	}

	private static void assumeAvailable(ServerKind kind) {
		assumeTrue(kind.isNio() || Epoll.isAvailable(), "epoll is not available on this platform");
	}

}
