package io.persistentconn.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@ParameterizedClass
@EnumSource(names = { "NIO_INET", "EPOLL_INET" })
class TcpServerInetTests extends ServerTestCase {

	@Test
	@Tag("T5")
	void aServerOnLocalhostIsReachableThereOnly() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		InetSocketAddress address = (InetSocketAddress) this.server.listeningOnAddress();
		assertThat(address.getAddress().isLoopbackAddress()).isTrue();
		assertThat(address.getPort()).isPositive().isEqualTo(this.server.listeningOn());
		assertThat(this.server.listeningSocket().localAddress()).isEqualTo(address);
		InetAddress other = InetAddress.getByName("127.0.0.2");
		assertThatIOException().isThrownBy(() -> PlainClient.connect(new InetSocketAddress(other, address.getPort())));
	}

	@Test
	@Tag("T5")
	void aServerOnAllAddressesOrOnOneIsReachableThere() throws Exception {
		InetAddress other = InetAddress.getByName("127.0.0.2");
		TcpServer<InetSocketAddress, Integer> all = TcpServer.builder(WhereToListen.portChosenByOs())
			.transport(this.transport)
			.startSock(TestHandlers.echo())
			.join();
		TcpServer<InetSocketAddress, Integer> one = TcpServer
			.builder(WhereToListen.inet(BindToAddress.address(other), BindToPort.onPort(all.listeningOn())))
			.transport(this.transport)
			.buildSock(TestHandlers.echo());
		assertThat(all.listeningOnAddress().getAddress().isAnyLocalAddress()).isTrue();
		try (PlainClient client = PlainClient.connect(new InetSocketAddress(other, all.listeningOn()))) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
		all.closeAsync().join();
		one.start().join();
		assertThat(one.listeningOnAddress()).isEqualTo(new InetSocketAddress(other, one.listeningOn()));
		try (PlainClient client = PlainClient.connect(one)) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
		one.closeAsync().join();
	}

	@Test
	@Tag("T5")
	void theAddressIsReusedByDefaultAndThePortIsNot() {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		assertThat(option(ChannelOption.SO_REUSEADDR)).isTrue();
		assertThat(option(this.transport.sockets().reusePort())).isFalse();
		int port = (Integer) this.server.listeningOn();
		assertThat(
				TcpServer.builder(ServerKind.localPort(port)).transport(this.transport).startSock(TestHandlers.echo()))
			.failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(BindFailedException.class,
					(failed) -> assertThat(failed.whereToListen()).isEqualTo(ServerKind.localPort(port)))
			.withMessageStartingWith("Cannot listen on 127.0.0.1:" + port + ": ");
	}

	@Test
	@Tag("T5")
	void theAddressMayBeReservedAndThePortShared() {
		this.server = this.builder.reuseAddress(false).reusePort(true).startSock(TestHandlers.echo()).join();
		assertThat(option(ChannelOption.SO_REUSEADDR)).isFalse();
		TcpServer<SocketAddress, Object> second = TcpServer
			.builder(ServerKind.localPort((Integer) this.server.listeningOn()))
			.transport(this.transport)
			.reuseAddress(false)
			.reusePort(true)
			.startSock(TestHandlers.echo())
			.join();
		assertThat(second.listeningOn()).isEqualTo(this.server.listeningOn());
		second.closeAsync().join();
	}

	@Test
	@Tag("T11")
	void onASocketOfTheCallersNoOptionsAreSet() throws Exception {
		this.server = this.builder.backlog(99).reuseAddress(true).socket(() -> {
			ServerChannel own = this.kind.isNio() ? new NioServerSocketChannel() : new EpollServerSocketChannel();
			own.config().setOption(ChannelOption.SO_REUSEADDR, false);
			own.config().setOption(ChannelOption.SO_BACKLOG, 7);
			this.log.add(own);
			return own;
		}).startSock(TestHandlers.echo()).join();
		assertThat(this.server.listeningSocket()).isSameAs(this.log.take());
		assertThat(option(ChannelOption.SO_REUSEADDR)).isFalse();
		assertThat(option(ChannelOption.SO_BACKLOG)).isEqualTo(7);
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
		this.server.stop(CloseExisting.NO).join();
		this.server.start().join();
		assertThat(this.server.listeningSocket()).isSameAs(this.log.take());
	}

	@Test
	@Tag("T11")
	void aSocketThatTheServerCannotUseIsClosedAndTheStartFails() {
		// Each transport is given a socket of the other.
		ServerChannel foreign = this.kind.isNio() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
		this.server = this.builder.socket(() -> foreign).buildSock(TestHandlers.echo());
		assertThat(this.server.start()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(BindFailedException.class);
		assertThat(foreign.isOpen()).isFalse();
	}

	@Test
	@Tag("T11")
	void theListeningSocketIsReachable() {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		assertThat(this.server.listeningSocket().isActive()).isTrue();
		assertThat(this.server.listeningSocket().localAddress()).isEqualTo(this.server.listeningOnAddress());
	}

	private <T> T option(ChannelOption<T> option) {
		return this.server.listeningSocket().config().getOption(option);
	}

}
