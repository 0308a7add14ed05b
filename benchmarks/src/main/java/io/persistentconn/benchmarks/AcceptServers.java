package io.persistentconn.benchmarks;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToListen;

/**
 * The server process of {@link AcceptBenchmark}: servers that close every client as soon
 * as it is accepted.
 */
final class AcceptServers {

	private AcceptServers() {
	}

	public static void main(String[] args) throws Exception {
		int bare = BareNetty.port(BareNetty.listen(BareNetty.newGroup(1), 1024, new Closing()));
		ServerProcess.serve(bare, ours(1), ours(16));
		System.exit(0);
	}

	private static int ours(int batch) {
		return TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
			.transport(NettyTransport.auto(1, "accept"))
			.backlog(1024)
			.maxAcceptsPerBatch(batch)
			.startSock((peer, socket) -> java.util.concurrent.CompletableFuture.completedStage(null))
			.join()
			.listeningOn();
	}

	@ChannelHandler.Sharable
	private static final class Closing extends ChannelInboundHandlerAdapter {

		@Override
		public void channelActive(ChannelHandlerContext context) {
			context.close();
		}

	}

}
