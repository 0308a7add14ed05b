package io.persistentconn.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * What a client does with a peer that answers.
 */
@Tag("T2")
class TcpClientTests extends EachClientKind {

	@Test
	void bytesGoBothWays() throws IOException {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		connection.writer().write("hello\n");
		assertThat(peer.receive(6)).isEqualTo("hello\n");
		peer.send("wor").send("ld\r\nrest").channel().shutdownOutput();
		assertThat(Loopback.get(connection.reader().readLine())).contains("world");
		assertThat(Loopback.get(connection.reader().readLine())).contains("rest");
		assertThat(Loopback.get(connection.reader().readLine())).isEmpty();
		Loopback.get(connection.closeFinished());
		assertThat(connection.closeReason()).get().isInstanceOf(PeerClosedException.class);
		assertThat(peer.receiveToEnd()).isEmpty();
	}

	@Test
	@Tag("T1")
	void addressesAreThoseOfTheJdk() throws IOException {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		assertThat(connection.remoteAddress()).isEqualTo(peer.channel().getLocalAddress());
		assertThat(connection.localAddress()).isEqualTo(peer.channel().getRemoteAddress());
	}

	@Test
	void connectSockGivesAQuietSocketForHandlersOfOnesOwn() throws IOException {
		Channel channel = Loopback
			.get(this.loopback.client().connectSock(this.loopback.where(), ConnectOptions.defaults()));
		PlainClient peer = this.loopback.accept().send("early");
		CompletableFuture<String> received = new CompletableFuture<>();
		channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				ByteBuf bytes = (ByteBuf) message;
				received.complete(bytes.toString(UTF_8));
				bytes.release();
			}

		});
		channel.config().setAutoRead(true);
		assertThat(Loopback.get(received)).isEqualTo("early");
		channel.writeAndFlush(Unpooled.copiedBuffer("back", UTF_8));
		assertThat(peer.receive(4)).isEqualTo("back");
		channel.close().syncUninterruptibly();
	}

	@Test
	void withConnectionClosesWhenTheStageCompletesAndThenCompletes() throws IOException {
		long before = OpenSockets.count();
		CompletableFuture<String> stage = new CompletableFuture<>();
		CompletableFuture<TcpConnection<?>> seen = new CompletableFuture<>();
		CompletableFuture<String> result = withConnection(this.loopback.where(), (connection) -> {
			seen.complete(connection);
			connection.writer().write("bye");
			return stage;
		});
		TcpConnection<?> connection = Loopback.get(seen);
		try (PlainClient peer = this.loopback.accept()) {
			assertThat(peer.receive(3)).isEqualTo("bye");
			assertThat(connection.isClosed()).isFalse();
			assertThat(result).isNotDone();
			stage.complete("done");
			assertThat(Loopback.get(result)).isEqualTo("done");
			assertThat(connection.closeFinished()).isCompleted();
			assertThat(connection.closeReason()).isEmpty();
			assertThat(peer.receiveToEnd()).isEmpty();
		}
		assertThat(OpenSockets.count()).isEqualTo(before);
	}

	@Test
	void withConnectionClosesWhenTheFunctionThrowsOrItsStageFails() throws IOException {
		IllegalStateException error = new IllegalStateException("no");
		for (boolean thrown : new boolean[] { true, false }) {
			CompletableFuture<String> result = withConnection(this.loopback.where(), (connection) -> {
				connection.writer().write("written before");
				if (thrown) {
					throw error;
				}
				return CompletableFuture.failedFuture(error);
			});
			assertThat(Loopback.failureOf(result)).isSameAs(error);
			assertThat(this.loopback.accept().receiveToEnd()).isEqualTo("written before");
		}
	}

	@Test
	@Tag("T3")
	void aCleanCloseDeliversMegabytesToASlowReader() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		connection.writer().write(new byte[8_000_000]);
		CompletableFuture<Void> closed = connection.closeAsync();
		this.loopback.settle();
		assertThat(closed).isNotDone();
		assertThat(peer.receiveToEnd()).hasSize(8_000_000);
		Loopback.get(closed);
	}

	@Test
	@Tag("T3")
	void lastWordsReachAPeerThatIsStillSending() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
			try {
				peer.send(new byte[5_000_000]);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		Loopback.get(connection.reader().readExactly(1));
		connection.writer().write("too much");
		connection.closeAsync();
		Loopback.get(sending);
		assertThat(peer.receiveToEnd()).isEqualTo("too much");
		peer.close();
		Loopback.get(connection.closeFinished());
	}

	@Test
	@Tag("T3")
	void aCleanCloseDoesNotWaitForAPeerThatStays() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		Loopback.get(connection.closeAsync());
		assertThat(peer.receiveToEnd()).isEmpty();
		assertThat(connection.closeReason()).isEmpty();
		assertThat(Loopback.failureOf(connection.reader().readLine())).isInstanceOf(ConnectionClosedException.class);
	}

	@Test
	@Tag("T3")
	void whatWasWrittenBeforeThePeersEndIsDeliveredAfterIt() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		connection.writer().write(new byte[8_000_000]);
		peer.send("end").channel().shutdownOutput();
		assertThat(new String(Loopback.get(connection.reader().readExactly(3)), UTF_8)).isEqualTo("end");
		assertThat(peer.receiveToEnd()).hasSize(8_000_000);
		Loopback.get(connection.closeFinished());
		assertThat(connection.closeReason()).get().isInstanceOf(PeerClosedException.class);
	}

	@Test
	@Tag("T3")
	void closingTheReaderFirstLosesWhatIsPending() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		connection.writer().write(new byte[8_000_000]);
		CompletableFuture<Void> flushed = connection.writer().flushed();
		Loopback.get(connection.reader().closeAsync());
		assertThat(Loopback.failureOf(flushed)).isInstanceOf(ConnectionClosedException.class);
		assertThat(peer.receiveToEnd().length()).isLessThan(8_000_000);
	}

	@Test
	@Tag("T3")
	void aResetIsNamed() throws Exception {
		assumeFalse(this.kind.isUnix(), "does not apply: unix sockets have no reset");
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		peer.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
		peer.close();
		assertThat(Loopback.failureOf(connection.reader().readLine())).isInstanceOf(ConnectionResetException.class);
		assertThat(connection.closeReason()).get().isInstanceOf(ConnectionResetException.class);
	}

	@Test
	void writesOfManyThreadsAllArriveEachInItsOrder() throws Exception {
		int threads = 8;
		int lines = 2000;
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		for (int i = 0; i < threads; i++) {
			String prefix = i + ":";
			Thread thread = new Thread(() -> {
				for (int line = 0; line < lines; line++) {
					String text = prefix + line + "\n";
					switch (line % 3) {
						case 0 -> connection.writer().write(text);
						case 1 -> connection.writer().write(text.getBytes(UTF_8));
						default -> connection.writer().write(Unpooled.copiedBuffer(text, UTF_8));
					}
				}
				connection.writer().flushed().thenRun(() -> connection.writer().write(prefix + "flushed\n"));
			});
			thread.start();
		}
		int[] next = new int[threads];
		int flushed = 0;
		BufferedReader received = new BufferedReader(Channels.newReader(peer.channel(), UTF_8));
		while (flushed < threads) {
			String[] line = received.readLine().split(":", 2);
			if (line[1].equals("flushed")) {
				assertThat(next[Integer.parseInt(line[0])]).isEqualTo(lines);
				flushed++;
			}
			else {
				assertThat(Integer.parseInt(line[1])).isEqualTo(next[Integer.parseInt(line[0])]++);
			}
		}
		connection.closeAsync();
	}

	@Test
	void theEventLoopWritesAfterWhatItKnowsWasWrittenBefore() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 1000; i++) {
			String ours = "test " + i + "\n";
			String loops = "loop " + i + "\n";
			connection.writer().write(ours);
			connection.channel().eventLoop().submit(() -> connection.writer().write(loops)).get();
			expected.append(ours).append(loops);
		}
		assertThat(peer.receive(expected.length())).isEqualTo(expected.toString());
	}

	@Test
	void anEchoOfMegabytesIsWhole() throws Exception {
		TcpConnection<?> connection = this.loopback.connect();
		PlainClient peer = this.loopback.accept();
		CompletableFuture<Long> transferred = connection.reader().transferTo(connection.writer());
		byte[] sent = new byte[5_000_000];
		new SplittableRandom(1).nextBytes(sent);
		CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> {
			try {
				ByteBuf all = Unpooled.buffer();
				ByteBuffer buffer = ByteBuffer.allocate(100_000);
				while (all.readableBytes() < sent.length && peer.channel().read(buffer) >= 0) {
					all.writeBytes(buffer.flip());
					buffer.clear();
				}
				return all.equals(Unpooled.wrappedBuffer(sent)) ? "whole" : "different";
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		peer.send(sent);
		assertThat(Loopback.get(received)).isEqualTo("whole");
		peer.channel().shutdownOutput();
		assertThat(Loopback.get(transferred)).isEqualTo(5_000_000L);
	}

	@Test
	void aSuppliedSocketIsUsedAsItIs() throws IOException {
		Channel channel = this.loopback.transport()
			.sockets()
			.newClientChannel((this.kind.isUnix() ? UnixDomainSocketAddress.of("x") : new InetSocketAddress(0)));
		channel.config().setOption(ChannelOption.SO_RCVBUF, 20_000);
		int receiveBuffer = channel.config().getOption(ChannelOption.SO_RCVBUF);
		TcpConnection<?> connection = this.loopback.connect(ConnectOptions.defaults().withChannel(() -> channel));
		assertThat(connection.channel()).isSameAs(channel);
		assertThat(channel.config().getOption(ChannelOption.SO_RCVBUF)).isEqualTo(receiveBuffer);
		assertThat(Loopback.failureOf(this.loopback.client()
			.connect(this.loopback.where(), ConnectOptions.defaults().withChannel(() -> channel))))
			.isInstanceOf(ConnectFailedException.class)
			.hasMessageContaining("(expected: unregistered and unconnected)");
		assertThat(connection.isClosed()).isFalse();
		Loopback.get(connection.closeAsync());
	}

	@Test
	void aClosedTransportIsSaid() throws IOException {
		Loopback.get(this.loopback.transport().closeAsync());
		assertThat(Loopback.failureOf(this.loopback.client().connect(this.loopback.where())))
			.isInstanceOf(ConnectFailedException.class)
			.hasMessageContaining("is closed");
	}

	private <A extends SocketAddress> CompletableFuture<String> withConnection(WhereToConnect<A> where,
			Function<TcpConnection<A>, CompletionStage<String>> function) {
		return this.loopback.client().withConnection(where, ConnectOptions.defaults(), function);
	}

}
