package io.persistentconn.benchmarks;

import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.persistentconn.benchmarks.Benchmarks.Effort;

/**
 * Clients accepted and closed a second: 64 at a time connect, see the close and connect
 * again. The client is bare Netty in all cases.
 */
final class AcceptBenchmark {

	private static final int AT_A_TIME = 64;

	private AcceptBenchmark() {
	}

	static void run(Effort effort) throws Exception {
		try (ServerProcess servers = ServerProcess.start(AcceptServers.class)) {
			EventLoopGroup group = BareNetty.newGroup(1);
			new Comparison("Accepts, 64 clients at a time", "clients/s")
				.add("bare Netty", (nanos) -> measure(group, servers.port(0), nanos))
				.add("TcpServer, batch 1", (nanos) -> measure(group, servers.port(1), nanos))
				.add("TcpServer, batch 16", (nanos) -> measure(group, servers.port(2), nanos))
				.run(effort);
			group.shutdownGracefully().sync();
		}
	}

	private static double measure(EventLoopGroup group, int port, long nanos) throws Exception {
		Churn churn = new Churn(group, port, nanos);
		for (int i = 0; i < AT_A_TIME; i++) {
			churn.connect();
		}
		return churn.await();
	}

	private static final class Churn {

		private final Bootstrap bootstrap;

		private final int port;

		private final long nanos;

		private final long start = System.nanoTime();

		private final CountDownLatch finished = new CountDownLatch(AT_A_TIME);

		private long served;

		private volatile long finishedAt;

		private volatile long counted;

		Churn(EventLoopGroup group, int port, long nanos) {
			this.port = port;
			this.nanos = nanos;
			this.bootstrap = new Bootstrap().group(group)
				.channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
				// A reset instead of a FIN, so that ports do not run out in TIME_WAIT.
				.option(ChannelOption.SO_LINGER, 0)
				.handler(new ChannelInboundHandlerAdapter() {

					@Override
					public boolean isSharable() {
						return true;
					}

				});
		}

		void connect() {
			this.bootstrap.connect(InetAddress.getLoopbackAddress(), this.port)
				.addListener((ChannelFutureListener) (connected) -> {
					if (!connected.isSuccess()) {
						throw new IllegalStateException("connect failed", connected.cause());
					}
					connected.channel().closeFuture().addListener((closed) -> next());
				});
		}

		private void next() {
			this.served++;
			long now = System.nanoTime();
			if (now - this.start < this.nanos) {
				connect();
				return;
			}
			if (this.finishedAt == 0) {
				this.counted = this.served;
				this.finishedAt = now;
			}
			this.finished.countDown();
		}

		double await() throws InterruptedException {
			this.finished.await();
			return this.counted * 1e9 / (this.finishedAt - this.start);
		}

	}

}
