package io.persistentconn.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.WhereToConnect;

/**
 * Live heap of an idle connection: a bare Netty channel with one handler, a
 * {@code TcpConnection}, and a persistent connection that holds one.
 */
final class HeapBenchmark {

	private HeapBenchmark() {
	}

	static void run(int connections) throws Exception {
		try (ServerProcess servers = ServerProcess.start(EchoServers.class)) {
			EventLoopGroup group = BareNetty.newGroup(1);
			NettyTransport transport = NettyTransport.auto(1, "client");
			TcpClient client = TcpClient.over(transport);
			int port = servers.port(0);
			// Once for what is allocated once.
			perConnection(10, () -> BareNetty.connect(group, port, new ChannelInboundHandlerAdapter()));
			perConnection(10, () -> persistent(client, transport, port));
			double bare = perConnection(connections,
					() -> BareNetty.connect(group, port, new ChannelInboundHandlerAdapter()));
			double tcp = perConnection(connections, () -> connect(client, port).join());
			double persistent = perConnection(connections, () -> persistent(client, transport, port));
			System.out.printf("%nLive heap of an idle connection, %d of them%n", connections);
			System.out.printf("%-44s %10.0f bytes%n", "bare Netty channel", bare);
			System.out.printf("%-44s %10.0f bytes, %+.0f%n", "TcpConnection", tcp, tcp - bare);
			System.out.printf("%-44s %10.0f bytes, %+.0f beyond its channel%n", "PersistentConnection of one",
					persistent, persistent - bare);
			group.shutdownGracefully().sync();
			transport.closeAsync().join();
		}
	}

	private static CompletableFuture<TcpConnection<?>> connect(TcpClient client, int port) {
		return client.connect(WhereToConnect.hostAndPort("127.0.0.1", port), ConnectOptions.defaults())
			.thenApply((connection) -> connection);
	}

	private static PersistentConnection<TcpConnection<?>> persistent(TcpClient client, NettyTransport transport,
			int port) {
		HostAndPort address = new HostAndPort("127.0.0.1", port);
		PersistentConnection<TcpConnection<?>> connection = PersistentConnection
			.<HostAndPort, TcpConnection<?>>builder("idle", (context, to) -> connect(client, to.port()))
			.address(() -> CompletableFuture.completedStage(address))
			.timeSource(new EventLoopTimeSource(transport.next()))
			.start();
		connection.connected().join();
		return connection;
	}

	private static double perConnection(int connections, Source source) throws Exception {
		List<Object> held = new ArrayList<>(connections);
		long before = liveHeap();
		for (int i = 0; i < connections; i++) {
			held.add(source.next());
		}
		double each = (liveHeap() - before) / (double) connections;
		// Still in use here, so nothing was collected too early.
		if (held.size() != connections) {
			throw new AssertionError(held.size());
		}
		return each;
	}

	private static long liveHeap() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			System.gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private interface Source {

		Object next() throws Exception;

	}

}
