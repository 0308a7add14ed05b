package io.persistentconn.autoconfigure.testing;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.ConnectionValidator;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.transport.TcpMessageTransport;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The other side of RPC connections, made without Spring and on an event loop of its own:
 * connects to servers, and listens for connections.
 */
public final class RpcPeer implements AutoCloseable {

	public static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final NettyTransport transport = NettyTransport.nio(1, "peer");

	private final BlockingQueue<RpcConnection> connections = new LinkedBlockingQueue<>();

	private final CompletableFuture<Void> mayShakeHands = new CompletableFuture<>();

	private final RpcOptions options;

	private RpcPeer(RpcOptions options, ConnectionValidator validator) {
		this.options = options.withValidator((connection) -> {
			this.connections.add(connection);
			return validator.refuse(connection);
		});
	}

	public static RpcPeer create() {
		return of(RpcOptions.defaults());
	}

	public static RpcPeer of(RpcOptions options) {
		return new RpcPeer(options, (connection) -> Optional.empty());
	}

	/** One that lets nobody in. */
	public static RpcPeer refusing(String reason) {
		return new RpcPeer(RpcOptions.defaults(), (connection) -> Optional.of(reason));
	}

	/** Connects to a server, over loopback if it listens on a port. */
	public RpcConnection connect(TcpServer<?, ?> server) {
		return get(RpcClient.over(TcpClient.over(this.transport)).withOptions(this.options).connect(where(server)));
	}

	/** Connects to a server, and says nothing before {@link #shakeHands()}. */
	public CompletableFuture<RpcConnection> connectWithoutHandshake(TcpServer<?, ?> server) {
		TcpConnection<?> socket = get(TcpClient.over(this.transport).connect(where(server)));
		TcpMessageTransport messages = TcpMessageTransport.over(socket, RpcOptions.DEFAULT_MAX_MESSAGE_SIZE);
		return this.mayShakeHands.thenCompose((now) -> RpcConnection.establish(messages, this.options));
	}

	public void shakeHands() {
		this.mayShakeHands.complete(null);
	}

	private static WhereToConnect<? extends SocketAddress> where(TcpServer<?, ?> server) {
		return (server.listeningOnAddress() instanceof UnixDomainSocketAddress unix)
				? WhereToConnect.unix(unix.getPath())
				: WhereToConnect.inet(new InetSocketAddress("localhost", (Integer) server.listeningOn()));
	}

	/** Listens on some port, for {@code addresses}. */
	public String listen() {
		RpcServer<InetSocketAddress, Integer> server = get(RpcServer
			.over(TcpServer.builder(WhereToListen.portChosenByOs()).transport(this.transport), this.options)
			.start());
		return "127.0.0.1:" + server.tcp().listeningOn();
	}

	/** The next connection that has shaken hands, in either direction. */
	public RpcConnection next() {
		try {
			RpcConnection connection = this.connections.poll(60, TimeUnit.SECONDS);
			assertThat(connection).as("a connection that has shaken hands").isNotNull();
			return connection;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What a future completes with, in time. */
	public static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/** The names of the RPCs that the other side offers. */
	public static Iterable<String> offered(RpcConnection connection) {
		return connection.peerMenu().orElseThrow().ids().stream().map((id) -> id.name()).toList();
	}

	@Override
	public void close() {
		get(this.transport.closeAsync());
	}

}
