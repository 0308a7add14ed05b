package io.persistentconn.benchmarks;

import java.net.InetSocketAddress;

import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToListen;

/**
 * The server process of {@link EchoBenchmark}: an echo with bare Netty, and one with
 * {@code TcpReader} and {@code TcpWriter}.
 */
final class EchoServers {

	private EchoServers() {
	}

	public static void main(String[] args) throws Exception {
		int bare = BareNetty.port(BareNetty.listen(BareNetty.newGroup(1), 1024, BareNetty.echo()));
		TcpHandler<InetSocketAddress> echo = (peer, reader, writer) -> reader.transferTo(writer);
		TcpServer<InetSocketAddress, Integer> server = TcpServer
			.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
			.transport(NettyTransport.auto(1, "echo"))
			.start(echo)
			.join();
		ServerProcess.serve(bare, server.listeningOn());
		System.exit(0);
	}

}
