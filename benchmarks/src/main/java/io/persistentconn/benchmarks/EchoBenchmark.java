package io.persistentconn.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.persistentconn.benchmarks.Benchmarks.Effort;
import io.persistentconn.tcp.ChunkResult;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.WhereToConnect;

/**
 * Echo round trips of 32 bytes a second, through {@code TcpReader} and {@code TcpWriter}
 * on both ends, beside bare Netty on both ends; the servers in a process of their own.
 */
final class EchoBenchmark {

	private static final int SIZE = 32;

	private EchoBenchmark() {
	}

	static void run(Effort effort) throws Exception {
		try (ServerProcess servers = ServerProcess.start(EchoServers.class)) {
			EventLoopGroup group = BareNetty.newGroup(1);
			NettyTransport transport = NettyTransport.auto(1, "client");
			for (int[] load : new int[][] { { 1, 1 }, { 32, 1 }, { 1, 128 } }) {
				int connections = load[0];
				int outstanding = load[1];
				new Comparison(
						"Echo, 32 bytes, %d connection(s), %d outstanding each".formatted(connections, outstanding),
						"round trips/s")
					.add("bare Netty", (nanos) -> bare(group, servers.port(0), connections, outstanding, nanos))
					.add("TcpReader and TcpWriter",
							(nanos) -> ours(transport, servers.port(1), connections, outstanding, nanos))
					.run(effort);
			}
			group.shutdownGracefully().sync();
			transport.closeAsync().join();
		}
	}

	private static double bare(EventLoopGroup group, int port, int connections, int outstanding, long nanos)
			throws Exception {
		Meter meter = new Meter(connections, nanos);
		List<Channel> channels = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			channels.add(BareNetty.connect(group, port, new BarePingPong(outstanding, meter)));
		}
		double rate = meter.await();
		for (Channel channel : channels) {
			channel.close().sync();
		}
		return rate;
	}

	private static double ours(NettyTransport transport, int port, int connections, int outstanding, long nanos)
			throws Exception {
		Meter meter = new Meter(connections, nanos);
		TcpClient client = TcpClient.over(transport);
		List<TcpConnection<?>> opened = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			TcpConnection<?> connection = client
				.connect(WhereToConnect.hostAndPort("127.0.0.1", port), ConnectOptions.defaults())
				.join();
			opened.add(connection);
			byte[] message = new byte[SIZE];
			connection.reader().forEachChunk((chunk) -> {
				while (chunk.readableBytes() >= SIZE) {
					chunk.skipBytes(SIZE);
					if (!meter.count()) {
						return ChunkResult.stop();
					}
					connection.writer().write(message);
				}
				return ChunkResult.more();
			});
			for (int j = 0; j < outstanding; j++) {
				connection.writer().write(message);
			}
		}
		double rate = meter.await();
		for (TcpConnection<?> connection : opened) {
			connection.closeAsync().join();
		}
		return rate;
	}

	private static final class BarePingPong extends ChannelInboundHandlerAdapter {

		private final int outstanding;

		private final Meter meter;

		private int pending;

		BarePingPong(int outstanding, Meter meter) {
			this.outstanding = outstanding;
			this.meter = meter;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			for (int i = 0; i < this.outstanding; i++) {
				send(context);
			}
			context.flush();
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf bytes = (ByteBuf) message;
			this.pending += bytes.readableBytes();
			bytes.release();
			while (this.pending >= SIZE) {
				this.pending -= SIZE;
				if (!this.meter.count()) {
					return;
				}
				send(context);
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			context.flush();
		}

		private static void send(ChannelHandlerContext context) {
			context.write(context.alloc().ioBuffer(SIZE).writeZero(SIZE), context.voidPromise());
		}

	}

}
