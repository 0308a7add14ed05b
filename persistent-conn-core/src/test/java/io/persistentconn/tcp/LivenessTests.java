package io.persistentconn.tcp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.persistentconn.concurrent.VirtualTimeSource;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * That the means of noticing a vanished peer are set. That they work is shown by
 * {@link VanishedPeerTests}.
 */
@Tag("T13")
class LivenessTests extends EachClientKind {

	private final Liveness keepAlive = Liveness.none().withKeepAlive(Duration.ofSeconds(60), Duration.ofSeconds(10), 6);

	@Test
	void keepAliveIsSetOnASocketThatHasIt() throws Exception {
		TcpConnection<?> connection = this.loopback.connect(ConnectOptions.defaults().withLiveness(this.keepAlive));
		if (this.kind.isUnix()) {
			assertThat(connection.channel().isOpen()).isTrue();
			return;
		}
		boolean nio = this.kind.isNio();
		assertThat(option(connection, ChannelOption.SO_KEEPALIVE)).isTrue();
		assertThat(option(connection,
				nio ? NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE) : EpollChannelOption.TCP_KEEPIDLE))
			.isEqualTo(60);
		assertThat(option(connection,
				nio ? NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL) : EpollChannelOption.TCP_KEEPINTVL))
			.isEqualTo(10);
		assertThat(option(connection,
				nio ? NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT) : EpollChannelOption.TCP_KEEPCNT))
			.isEqualTo(6);
		assertThat(this.keepAlive.keepAlive().noticedWithin()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void keepAliveIsOffUnlessAskedFor() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		if (!this.kind.isUnix()) {
			assertThat(option(connection, ChannelOption.SO_KEEPALIVE)).isFalse();
		}
	}

	@Test
	void theUserTimeoutIsSetOrRefused() throws Exception {
		ConnectOptions options = ConnectOptions.defaults()
			.withLiveness(Liveness.none().withUserTimeout(Duration.ofSeconds(20)));
		if (this.kind == ServerKind.NIO_INET) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.loopback.connect(options))
				.withMessage("userTimeout: PT20S (expected: none on the nio transport, which cannot set "
						+ "TCP_USER_TIMEOUT; use epoll, or readIdleTimeout)");
			return;
		}
		TcpConnection<?> connection = this.loopback.connect(options);
		if (this.kind == ServerKind.EPOLL_INET) {
			assertThat(option(connection, EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(20_000);
		}
	}

	@Test
	void socketsForExpertsHaveTheOptionsToo() throws Exception {
		var channel = Loopback.get(this.loopback.client()
			.connectSock(this.loopback.where(), ConnectOptions.defaults().withLiveness(this.keepAlive)));
		if (!this.kind.isUnix()) {
			assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
		}
		channel.close().syncUninterruptibly();
	}

	@Test
	void aPeerThatSaysNothingIsGivenUpAfterTheReadIdleTimeout() throws Exception {
		VirtualTimeSource time = new VirtualTimeSource();
		TcpConnection<?> connection = this.loopback.connect(ConnectOptions.defaults()
			.withLiveness(Liveness.none().withReadIdleTimeout(Duration.ofSeconds(30)))
			.withTimeSource(time));
		PlainClient peer = this.loopback.accept();
		time.advanceBy(Duration.ofSeconds(29));
		peer.send("alive\n");
		assertThat(Loopback.get(connection.reader().readLine())).contains("alive");
		CompletableFuture<Optional<String>> next = connection.reader().readLine();
		time.advanceBy(Duration.ofSeconds(30).minusNanos(1));
		this.loopback.settle();
		assertThat(next).isNotDone();
		time.advanceBy(Duration.ofNanos(1));
		assertThat(Loopback.failureOf(next)).isInstanceOf(ReadIdleTimeoutException.class);
		assertThat(connection.closeReason()).get().isInstanceOf(ReadIdleTimeoutException.class);
		peer.awaitClosed();
		assertThat(time.pendingAlarms()).isZero();
	}

	private static <T> T option(TcpConnection<?> connection, ChannelOption<T> option) {
		return connection.channel().config().getOption(option);
	}

}
