package io.persistentconn.rpc.versioned;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;

/**
 * Servers and clients of RPCs over real sockets, all closed at the end of a test.
 */
final class Loopback implements AutoCloseable {

	static final InetAddress HOST = InetAddress.getLoopbackAddress();

	private final NettyTransport transport = NettyTransport.nio(2, "versioned");

	private final List<RpcServer<InetSocketAddress, Integer>> servers = new ArrayList<>();

	NettyTransport transport() {
		return this.transport;
	}

	RpcServer<InetSocketAddress, Integer> serve(Collection<Implementation> implementations) {
		return serve(WhereToListen.portChosenByOs(), implementations);
	}

	RpcServer<InetSocketAddress, Integer> serve(WhereToListen<InetSocketAddress, Integer> where,
			Collection<Implementation> implementations) {
		RpcOptions options = RpcOptions.defaults()
			.withImplementations(Implementations.builder().addAll(implementations).build());
		RpcServer<InetSocketAddress, Integer> server = RpcServer
			.over(TcpServer.builder(where).transport(this.transport), options);
		this.servers.add(server);
		return get(server.start());
	}

	RpcClient client(int protocolVersion) {
		return RpcClient.over(TcpClient.over(this.transport))
			.withOptions(RpcOptions.defaults().withMaxProtocolVersion(protocolVersion));
	}

	RpcConnection connect(RpcServer<?, Integer> server, int protocolVersion) {
		return get(client(protocolVersion)
			.connect(WhereToConnect.inet(new InetSocketAddress(HOST, server.tcp().listeningOn()))));
	}

	/** Serves and connects. */
	RpcConnection connectTo(Collection<Implementation> implementations, int protocolVersion) {
		return connect(serve(implementations), protocolVersion);
	}

	/** Serves, connects and gets the menu. */
	ConnectionWithMenu connectWithMenuTo(Collection<Implementation> implementations, int protocolVersion) {
		return get(ConnectionWithMenu.create(connectTo(implementations, protocolVersion)));
	}

	static HostAndPort address(RpcServer<?, Integer> server) {
		return new HostAndPort(HOST.getHostAddress(), server.tcp().listeningOn());
	}

	static <T> T get(CompletableFuture<T> future) {
		return future.copy().orTimeout(30, TimeUnit.SECONDS).join();
	}

	/** What a future fails with. */
	static Throwable failure(CompletableFuture<?> future) {
		return get(future.handle((value, failure) -> {
			if (failure == null) {
				throw new AssertionError("succeeded with " + value + " (expected: a failure)");
			}
			return failure;
		}));
	}

	static <T> List<T> readAll(Pipe<T> pipe) {
		List<T> all = new ArrayList<>();
		for (Optional<T> next = get(pipe.read()); next.isPresent(); next = get(pipe.read())) {
			all.add(next.get());
		}
		return all;
	}

	@Override
	public void close() {
		this.servers.forEach((server) -> get(server.tcp().closeAsync(CloseExisting.YES)));
		get(this.transport.closeAsync());
	}

}
