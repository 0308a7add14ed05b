package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Tag("T7")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpServerLimitTests {

	private static final int LIMIT = 50;

	private static final int CLIENTS = 500;

	@TempDir
	Path directory;

	/** The clients that are handled at present. */
	private final BlockingQueue<CompletableFuture<Void>> handled = new LinkedBlockingQueue<>();

	private final AtomicInteger handledNow = new AtomicInteger();

	private final AtomicInteger mostHandled = new AtomicInteger();

	static Stream<Arguments> kindsAndBatches() {
		return Arrays.stream(ServerKind.values())
			.flatMap((kind) -> Stream.of(1, 4, 16).map((batch) -> arguments(kind, batch)));
	}

	@ParameterizedTest
	@MethodSource("kindsAndBatches")
	void neverMoreThanTheLimitAreHandledAtATimeAndAllAreServed(ServerKind kind, int batch) throws Exception {
		NettyTransport transport = kind.newTransport();
		TcpServer<SocketAddress, Object> server = TcpServer.builder(kind.where(this.directory))
			.transport(transport)
			.maxConnections(LIMIT)
			.maxAcceptsPerBatch(batch)
			.backlog(2 * CLIENTS)
			.startSock(this::handle)
			.join();
		Batches batches = new Batches(server);
		server.listeningSocket().pipeline().addFirst(batches);
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<String>> replies = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				replies.add(clients.submit(() -> {
					try (PlainClient client = PlainClient.connect(server)) {
						return client.receiveToEnd();
					}
				}));
			}
			for (int served = 0; served < CLIENTS; served += LIMIT) {
				List<CompletableFuture<Void>> full = new ArrayList<>();
				while (full.size() < LIMIT) {
					full.add(this.handled.take());
				}
				EventLoops.turn(transport);
				assertThat(server.counters().accepted()).isEqualTo(served + LIMIT);
				assertThat(server.numConnections()).isEqualTo(LIMIT);
				full.forEach((client) -> {
					this.handledNow.decrementAndGet();
					client.complete(null);
				});
			}
			for (Future<String> reply : replies) {
				assertThat(reply.get()).isEqualTo("hello");
			}
			assertThat(this.mostHandled).hasValue(LIMIT);
			assertThat(batches.biggest).isEqualTo(batch);
			assertThat(batches.moreThanFree).isZero();
		}
		finally {
			clients.shutdownNow();
			server.closeAsync(CloseExisting.YES).join();
			transport.closeAsync().join();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientCountsUntilItsHandlerHasFinishedAndItsSocketIsClosed(ServerKind kind) throws Exception {
		NettyTransport transport = kind.newTransport();
		TcpServer<SocketAddress, Object> server = TcpServer.builder(kind.where(this.directory))
			.transport(transport)
			.maxConnections(1)
			.startSock(this::handle)
			.join();
		try (PlainClient first = PlainClient.connect(server)) {
			CompletableFuture<Void> handler = this.handled.take();
			first.disconnect();
			try (PlainClient second = PlainClient.connect(server)) {
				EventLoops.turn(transport);
				assertThat(server.numConnections()).isOne();
				assertThat(this.handled).isEmpty();
				handler.complete(null);
				this.handled.take().complete(null);
				assertThat(second.receiveToEnd()).isEqualTo("hello");
			}
		}
		finally {
			server.closeAsync(CloseExisting.YES).join();
			transport.closeAsync().join();
		}
		assertThat(server.counters()).isEqualTo(new TcpServerCounters(2, 0, 0, 2, 0));
	}

	private CompletionStage<Void> handle(SocketAddress client, Channel socket) {
		int now = this.handledNow.incrementAndGet();
		this.mostHandled.accumulateAndGet(now, Math::max);
		CompletableFuture<Void> finished = new CompletableFuture<>();
		TestHandlers.ignoreResets(socket);
		socket.writeAndFlush(ByteBufUtil.writeUtf8(socket.alloc(), "hello"));
		this.handled.add(finished);
		return finished;
	}

	/** Looks at the clients that are accepted together, before the server does. */
	private static final class Batches extends ChannelInboundHandlerAdapter {

		private final TcpServer<?, ?> server;

		private volatile int biggest;

		private volatile int moreThanFree;

		private int size;

		private int free;

		Batches(TcpServer<?, ?> server) {
			this.server = server;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object accepted) {
			if (this.size == 0) {
				this.free = this.server.maxConnections() - this.server.numConnections();
			}
			this.size++;
			context.fireChannelRead(accepted);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			this.biggest = Math.max(this.biggest, this.size);
			if (this.size > this.free) {
				this.moreThanFree = this.size;
			}
			this.size = 0;
			context.fireChannelReadComplete();
		}

	}

}
