package io.persistentconn.tcp;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BinderTests {

	private final NettyTransport transport = NettyTransport.nio(1, "binder-test");

	private final List<ServerChannel> tried = new ArrayList<>();

	@AfterEach
	void closeTransport() {
		this.transport.closeAsync().join();
	}

	@Test
	@Tag("T5")
	void aPortChosenByTheOsIsTriedAgainTenTimes() {
		TcpServer<SocketAddress, Object> server = serverFailingToBind(0, 10);
		server.start().join();
		assertThat(this.tried).hasSize(11);
		assertThat(this.tried.subList(0, 10)).noneMatch(ServerChannel::isOpen);
		assertThat(this.tried.get(10).isActive()).isTrue();
		server.closeAsync().join();
	}

	@Test
	@Tag("T5")
	void aPortChosenByTheOsIsNotTriedForEver() {
		assertThat(serverFailingToBind(0, 11).start()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(BindFailedException.class)
			.withMessage("Cannot listen on 127.0.0.1:(port chosen by OS): address in use, as expected");
		assertThat(this.tried).hasSize(11).noneMatch(ServerChannel::isOpen);
	}

	@Test
	@Tag("T5")
	void aGivenPortIsTriedOnce() {
		assertThat(serverFailingToBind(9, 1).start()).failsWithin(Duration.ofSeconds(30));
		assertThat(this.tried).hasSize(1).noneMatch(ServerChannel::isOpen);
	}

	@Test
	@Tag("T11")
	void aSocketThatListensAlreadyIsUsedAsItIs() throws Exception {
		ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		listening.configureBlocking(false);
		try (PlainClient waiting = PlainClient.connect(listening.getLocalAddress())) {
			TcpServer<SocketAddress, Object> server = TcpServer.builder(ServerKind.localPort(0))
				.transport(this.transport)
				.socket(() -> new NioServerSocketChannel(listening))
				.startSock(TestHandlers.echo())
				.join();
			assertThat(server.listeningOnAddress()).isEqualTo(listening.getLocalAddress());
			assertThat(waiting.send("hello").receive(5)).isEqualTo("hello");
			server.closeAsync(CloseExisting.YES).join();
		}
		assertThat(listening.isOpen()).isFalse();
	}

	private TcpServer<SocketAddress, Object> serverFailingToBind(int port, int failures) {
		return TcpServer.builder(ServerKind.localPort(port))
			.transport(this.transport)
			.socket(() -> failingToBind(failures))
			.buildSock(TestHandlers.echo());
	}

	private ServerChannel failingToBind(int failures) {
		NioServerSocketChannel channel = new NioServerSocketChannel() {

			@Override
			protected void doBind(SocketAddress address) throws Exception {
				if (BinderTests.this.tried.size() <= failures) {
					throw new BindException("address in use, as expected");
				}
				super.doBind(address);
			}

		};
		this.tried.add(channel);
		return channel;
	}

}
