package io.persistentconn.autoconfigure.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.persistentconn.autoconfigure.testing.Accepted;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.tcp.BufferAgeLimitException;
import io.persistentconn.tcp.ReadIdleTimeoutException;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.persistentconn.autoconfigure.server.OneServer.assertGreeted;
import static io.persistentconn.autoconfigure.server.OneServer.failure;
import static io.persistentconn.autoconfigure.server.OneServer.only;
import static io.persistentconn.autoconfigure.server.OneServer.server;
import static io.persistentconn.autoconfigure.server.OneServer.servers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Each property of a server that says how it treats its clients changes that.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerClientPropertiesTests {

	/** More than the buffers of both kernels can hold. */
	private static final int MUCH = 20 * 1024 * 1024;

	private static final String HANDLER_FAILED = "the handler of client";

	@Test
	void onHandlerErrorRaiseStopsTheServer() {
		failingServer("on-handler-error=raise").run((context) -> {
			try (Peer peer = Peer.of(only(context))) {
				peer.awaitClosed();
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> !only(context).isListening());
		});
	}

	@Test
	void onHandlerErrorIgnoreGoesOnWithoutAWord(CapturedOutput output) {
		failingServer("on-handler-error=ignore").run(this::assertGoesOnAfterFailure);
		assertThat(output).doesNotContain(HANDLER_FAILED);
	}

	@Test
	void onHandlerErrorCallLogsAndGoesOn(CapturedOutput output) {
		failingServer("on-handler-error=call").run(this::assertGoesOnAfterFailure);
		assertThat(output).contains(HANDLER_FAILED).contains("told to fail");
	}

	private void assertGoesOnAfterFailure(AssertableApplicationContext context) {
		CompletableFuture<Throwable> failure = failure(only(context));
		for (int i = 0; i < 2; i++) {
			try (Peer peer = Peer.of(only(context))) {
				peer.awaitClosed();
			}
		}
		assertThat(failure.join()).hasMessage("told to fail");
		assertThat(only(context).isListening()).isTrue();
	}

	private static ApplicationContextRunner failingServer(String property) {
		return server((client, reader, writer) -> {
			throw new IllegalStateException("told to fail");
		}, "port=0", property);
	}

	@Test
	void bufferAgeLimitIsHowLongAClientMayNotRead() {
		TcpHandler<SocketAddress> writesMuch = (client, reader, writer) -> {
			writer.write(new byte[MUCH]);
			return writer.flushed();
		};
		servers(writesMuch, "limited", "buffer-age-limit=200ms", "unlimited", "buffer-age-limit=unlimited")
			.run((context) -> {
				TcpServer<?, ?> unlimited = context.getBean("unlimitedServer", TcpServer.class);
				TcpServer<?, ?> limited = context.getBean("limitedServer", TcpServer.class);
				CompletableFuture<Throwable> failure = failure(limited);
				try (Peer unlimitedPeer = Peer.of(unlimited); Peer limitedPeer = Peer.of(limited)) {
					assertThat(failure.join()).isInstanceOf(BufferAgeLimitException.class);
					assertThat(unlimited.numConnections()).isEqualTo(1);
					unlimitedPeer.reset();
					limitedPeer.reset();
				}
			});
	}

	@Test
	void readerBufferSizeIsHowMuchIsReceivedUnasked() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		servers((client, reader, writer) -> end, "small", "reader-buffer-size=1KB", "large", "reader-buffer-size=50MB")
			.run((context) -> {
				try (Peer small = Peer.of(context.getBean("smallServer", TcpServer.class));
						Peer large = Peer.of(context.getBean("largeServer", TcpServer.class))) {
					CompletableFuture<?> smallSent = small.sendInBackground(new byte[MUCH]);
					large.send(new byte[MUCH]);
					assertThat(smallSent).isNotDone();
					small.reset();
					large.reset();
				}
				end.complete(null);
			});
	}

	@Test
	void writerBufferSizeIsWhenAWriterIsBackedUp() {
		List<Boolean> backedUp = new ArrayList<>();
		TcpHandler<SocketAddress> handler = (client, reader, writer) -> {
			writer.write(new byte[200 * 1024]);
			backedUp.add(writer.isBackedUp());
			return CompletableFuture.completedFuture(null);
		};
		for (String property : List.of("writer-buffer-size=128KB", "writer-buffer-size=256KB")) {
			server(handler, "port=0", property).run((context) -> {
				try (Peer peer = Peer.of(only(context))) {
					peer.awaitClosed();
				}
			});
		}
		assertThat(backedUp).containsExactly(true, false);
	}

	@Test
	void keepAliveIsHowTheOperatingSystemProbes() {
		assertKeepAlive(60, 10, 6);
		assertKeepAlive(7, 3, 2, "keep-alive.idle=7s", "keep-alive.interval=3s", "keep-alive.count=2");
	}

	private void assertKeepAlive(int idle, int interval, int count, String... properties) {
		server(properties)
			.withPropertyValues("persistent-conn.servers.quotes.port=0", "persistent-conn.netty.transport=nio")
			.run((context) -> {
				Accepted accepted = Accepted.by(only(context));
				assertGreeted(Peer.of(only(context)), () -> {
					ChannelConfig config = accepted.next().config();
					assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
					assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
						.isEqualTo(idle);
					assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
						.isEqualTo(interval);
					assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
						.isEqualTo(count);
				});
			});
	}

	@Test
	void userTimeoutIsHowLongBytesMayStayUnacknowledged() {
		assumeTrue(Epoll.isAvailable(), "epoll is not available on this platform");
		server("port=0", "user-timeout=1234ms").run((context) -> {
			Accepted accepted = Accepted.by(only(context));
			assertGreeted(Peer.of(only(context)),
					() -> assertThat(accepted.next().config().getOption(EpollChannelOption.TCP_USER_TIMEOUT))
						.isEqualTo(1234));
		});
	}

	@Test
	void readIdleTimeoutIsHowLongAClientMayBeSilent() {
		servers(Handlers.greet("hello"), "impatient", "read-idle-timeout=100ms", "patient", "").run((context) -> {
			TcpServer<?, ?> patient = context.getBean("patientServer", TcpServer.class);
			TcpServer<?, ?> impatient = context.getBean("impatientServer", TcpServer.class);
			CompletableFuture<Throwable> failure = failure(impatient);
			assertGreeted(Peer.of(patient), () -> {
				try (Peer peer = Peer.of(impatient)) {
					peer.awaitClosed();
				}
				assertThat(failure.join()).isInstanceOf(ReadIdleTimeoutException.class);
				assertThat(patient.numConnections()).isEqualTo(1);
			});
		});
	}

}
