package io.persistentconn.tcp;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections within the process behave as those of TCP do.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemorySocketsTests {

	private static final TcpHandler<InetSocketAddress> ECHO = (client, reader, writer) -> reader.transferTo(writer);

	private final NettyTransport transport = NettyTransport.memory(3, "memory-test");

	private final TcpClient client = TcpClient.over(this.transport);

	@AfterEach
	void closeTransport() {
		Loopback.get(this.transport.closeAsync());
	}

	@Test
	void aClientReachesTheServerOnItsPortWhateverTheHost() {
		TcpServer<InetSocketAddress, Integer> server = serve(WhereToListen.port(7000), ECHO);
		assertThat(server.listeningOn()).isEqualTo(7000);
		TcpConnection<InetSocketAddress> connection = connect("no-such-host.invalid", 7000);
		connection.writer().write("hello\n");
		assertThat(Loopback.get(connection.reader().readLine())).contains("hello");
		assertThat(connection.remoteAddress()).hasToString("no-such-host.invalid/127.0.0.1:7000");
		assertThat(this.transport).hasToString("NettyTransport(memory)");
		assertThat(server.counters().accepted()).isOne();
		Loopback.get(connection.closeAsync());
	}

	@Test
	void clientsDifferInTheirPorts() throws Exception {
		LinkedBlockingQueue<InetSocketAddress> clients = new LinkedBlockingQueue<>();
		TcpServer<InetSocketAddress, Integer> server = serve(WhereToListen.portChosenByOs(),
				(address, reader, writer) -> {
					clients.add(address);
					return reader.readLine();
				});
		TcpConnection<InetSocketAddress> first = connect("localhost", server.listeningOn());
		TcpConnection<InetSocketAddress> second = connect("localhost", server.listeningOn());
		assertThat(List.of(clients.take(), clients.take())).containsExactlyInAnyOrder(first.localAddress(),
				second.localAddress());
		assertThat(first.localAddress()).isNotEqualTo(second.localAddress());
	}

	@Test
	void unixPathsWorkWithoutFiles() {
		Path path = Path.of("/no/such/directory/quotes.sock");
		TcpServer<?, Path> server = Loopback.get(TcpServer.builder(WhereToListen.unix(path))
			.transport(this.transport)
			.start((address, reader, writer) -> reader.transferTo(writer)));
		assertThat(server.listeningOn()).isEqualTo(path);
		TcpConnection<?> connection = Loopback.get(this.client.connect(WhereToConnect.unix(path)));
		connection.writer().write("hello\n");
		assertThat(Loopback.get(connection.reader().readLine())).contains("hello");
	}

	@Test
	void whereNobodyListensConnectionsAreRefused() {
		TcpServer<InetSocketAddress, Integer> server = serve(WhereToListen.port(7000), ECHO);
		assertRefused(7001);
		Loopback.get(server.stop(CloseExisting.YES));
		assertRefused(7000);
		Loopback.get(server.start());
		connect("localhost", 7000);
	}

	private void assertRefused(int port) {
		Throwable failure = Loopback.failureOf(this.client.connect(WhereToConnect.hostAndPort("localhost", port)));
		assertThat(failure).isInstanceOf(ConnectFailedException.class)
			.hasMessageEndingWith(
					"Connection refused: nobody listens on localhost/127.0.0.1:" + port + " in this process")
			.hasCauseInstanceOf(ConnectException.class);
	}

	@Test
	void twoTransportsAreTwoNetworks() {
		serve(WhereToListen.port(7000), ECHO);
		NettyTransport other = NettyTransport.memory(1, "other");
		Throwable failure = Loopback
			.failureOf(TcpClient.over(other).connect(WhereToConnect.hostAndPort("localhost", 7000)));
		assertThat(failure).hasMessageContaining("nobody listens");
		Loopback.get(TcpServer.builder(WhereToListen.port(7000)).transport(other).start(ECHO));
		Loopback.get(other.closeAsync());
	}

	@Test
	void aPortIsForOneServerOnly() {
		serve(WhereToListen.port(7000), ECHO);
		Throwable failure = Loopback
			.failureOf(TcpServer.builder(WhereToListen.port(7000)).transport(this.transport).start(ECHO));
		assertThat(failure).isInstanceOf(BindFailedException.class).hasMessageEndingWith("Address already in use");
	}

	@Test
	void whatWasSentBeforeTheEndIsReadAfterIt() {
		byte[] sent = new byte[10 * MemoryChannel.WINDOW];
		Arrays.fill(sent, (byte) 'x');
		serve(WhereToListen.port(7000), (address, reader, writer) -> {
			writer.write(sent);
			return CompletableFuture.completedFuture(null);
		});
		TcpConnection<InetSocketAddress> connection = connect("localhost", 7000);
		assertThat(Loopback.get(connection.reader().readExactly(sent.length))).isEqualTo(sent);
		assertThat(Loopback.failureOf(connection.reader().readExactly(1))).isInstanceOf(EndOfStreamException.class);
		Loopback.get(connection.closeFinished());
		assertThat(connection.closeReason()).get().isInstanceOf(PeerClosedException.class);
	}

	@Test
	void whoDoesNotReadPushesBack() throws Exception {
		CompletableFuture<TcpWriter> writing = new CompletableFuture<>();
		CompletableFuture<Void> over = new CompletableFuture<>();
		serve(WhereToListen.port(7000), (address, reader, writer) -> {
			writing.complete(writer);
			return over;
		});
		int readerBuffer = 1024;
		TcpConnection<InetSocketAddress> connection = Loopback
			.get(this.client.connect(WhereToConnect.hostAndPort("localhost", 7000),
					ConnectOptions.defaults().withReaderBufferSize(readerBuffer)));
		TcpWriter writer = Loopback.get(writing);
		int length = 20 * MemoryChannel.WINDOW;
		writer.write(new byte[length]);
		CompletableFuture<?> flushed = writer.flushed();
		EventLoops.turn(this.transport);
		assertThat(flushed).isNotDone();
		assertThat(writer.bytesToWrite()).isGreaterThan(length - 4 * MemoryChannel.WINDOW);
		Loopback.get(connection.reader().readExactly(length));
		Loopback.get(flushed);
		over.complete(null);
	}

	@Test
	void bytesThatAreNotTakenEndTheConnection() {
		CompletableFuture<Throwable> failed = new CompletableFuture<>();
		serve(WhereToListen.port(7000), (address, reader, writer) -> {
			writer.write(new byte[20 * MemoryChannel.WINDOW]);
			writer.flushed().whenComplete((flushed, error) -> failed.complete(error));
			return failed;
		}, BufferAgeLimit.atMost(Duration.ofMillis(20)));
		connect("localhost", 7000);
		assertThat(Loopback.get(failed)).isInstanceOf(BufferAgeLimitException.class);
	}

	@Test
	void halfOfAConnectionCanEnd() throws Exception {
		serve(WhereToListen.port(7000), (address, reader, writer) -> reader.readLine()
			.thenCompose((line) -> reader.readLine().thenCompose((none) -> {
				writer.write(line + ", then " + none);
				return writer.flushed();
			})));
		Channel socket = Loopback
			.get(this.client.connectSock(WhereToConnect.hostAndPort("localhost", 7000), ConnectOptions.defaults()));
		Hearing hearing = new Hearing();
		socket.eventLoop().submit(() -> socket.pipeline().addLast(hearing)).get();
		socket.config().setAutoRead(true);
		socket.writeAndFlush(Unpooled.copiedBuffer("last words\n", StandardCharsets.UTF_8)).get();
		DuplexChannel duplex = (DuplexChannel) socket;
		duplex.shutdownOutput().get();
		assertThat(Loopback.get(hearing.whole)).isEqualTo("Optional[last words], then Optional.empty");
		assertThat(duplex.isShutdown()).isTrue();
		assertThat(socket.isActive()).isTrue();
		socket.close().get();
	}

	@Test
	void aServerThatDropsIsSeenToClose() {
		TcpServer<InetSocketAddress, Integer> server = serve(WhereToListen.port(7000), ECHO);
		server.setDropIncomingConnections(true);
		TcpConnection<InetSocketAddress> connection = connect("localhost", 7000);
		Loopback.get(connection.closeFinished());
		assertThat(connection.closeReason()).get().isInstanceOf(PeerClosedException.class);
		assertThat(server.counters().rejected()).isOne();
		assertThat(server.numConnections()).isZero();
	}

	@Test
	void clientsWaitWhileTheServerIsFull() throws Exception {
		CompletableFuture<TcpServer<InetSocketAddress, Integer>> starting = TcpServer.builder(WhereToListen.port(7000))
			.transport(this.transport)
			.maxConnections(1)
			.start(ECHO);
		TcpServer<InetSocketAddress, Integer> server = Loopback.get(starting);
		TcpConnection<InetSocketAddress> first = connect("localhost", 7000);
		TcpConnection<InetSocketAddress> leaves = connect("localhost", 7000);
		TcpConnection<InetSocketAddress> stays = connect("localhost", 7000);
		stays.writer().write("hello\n");
		Loopback.get(leaves.closeAsync());
		EventLoops.turn(this.transport);
		assertThat(server.counters().accepted()).isOne();
		Loopback.get(first.closeAsync());
		assertThat(Loopback.get(stays.reader().readLine())).contains("hello");
	}

	@Test
	void closingTheTransportClosesAllOfIt() {
		TcpServer<InetSocketAddress, Integer> server = serve(WhereToListen.port(7000), ECHO);
		TcpConnection<InetSocketAddress> connection = connect("localhost", 7000);
		Loopback.get(this.transport.closeAsync());
		Loopback.get(connection.closeFinished());
		assertThat(server.isListening()).isFalse();
		assertThat(connection.isClosed()).isTrue();
	}

	@Test
	void aStreamManyTimesLargerThanTheWindowArrivesWhole() throws Exception {
		serve(WhereToListen.port(7000), ECHO);
		TcpConnection<InetSocketAddress> connection = connect("localhost", 7000);
		byte[] sent = new byte[50 * MemoryChannel.WINDOW + 17];
		for (int i = 0; i < sent.length; i++) {
			sent[i] = (byte) (i * 31 + i / 251);
		}
		connection.writer().write(sent);
		assertThat(connection.reader().readExactly(sent.length).get(60, TimeUnit.SECONDS)).isEqualTo(sent);
	}

	private TcpServer<InetSocketAddress, Integer> serve(WhereToListen<InetSocketAddress, Integer> where,
			TcpHandler<InetSocketAddress> handler) {
		return serve(where, handler, BufferAgeLimit.unlimited());
	}

	private TcpServer<InetSocketAddress, Integer> serve(WhereToListen<InetSocketAddress, Integer> where,
			TcpHandler<InetSocketAddress> handler, BufferAgeLimit limit) {
		return Loopback.get(TcpServer.builder(where).transport(this.transport).bufferAgeLimit(limit).start(handler));
	}

	private TcpConnection<InetSocketAddress> connect(String host, int port) {
		return Loopback.get(this.client.connect(WhereToConnect.hostAndPort(host, port)));
	}

	/** Collects what it receives, until the peer ends. */
	private static final class Hearing extends ChannelInboundHandlerAdapter {

		private final StringBuilder heard = new StringBuilder();

		private final CompletableFuture<String> whole = new CompletableFuture<>();

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf bytes = (ByteBuf) message;
			this.heard.append(bytes.toString(StandardCharsets.UTF_8));
			bytes.release();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof ChannelInputShutdownEvent) {
				this.whole.complete(this.heard.toString());
			}
		}

	}

}
