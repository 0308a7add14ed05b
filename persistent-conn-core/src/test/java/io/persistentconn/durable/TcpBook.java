package io.persistentconn.durable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;

/**
 * A server with a state behind a real socket, which can be stopped and started again, and
 * connections to it. The state is a chain, as that of {@link World}; its updates are of 1
 * KiB.
 */
final class TcpBook implements AutoCloseable {

	static final StateRpc<String, Long, byte[], String> RPC = rpc(BinCodecs.BIGSTRING);

	static final Duration RETRY = Duration.ofMillis(10);

	private static final int UPDATE_SIZE = 1024;

	private final NettyTransport transport = NettyTransport.nio(2, "book");

	private final Set<StreamWriter<byte[]>> streams = ConcurrentHashMap.newKeySet();

	private final List<PersistentConnection<?>> connections = new ArrayList<>();

	private RpcServer<InetSocketAddress, Integer> server;

	private final int port;

	private long state = 1;

	volatile boolean rejecting;

	TcpBook() {
		this.server = listen(BindToPort.chosenByOs());
		this.port = this.server.tcp().listeningOn();
	}

	/** The query is the name of the subscriber. */
	static StateRpc<String, Long, byte[], String> rpc(BinCodec<byte[]> updates) {
		return StateRpc.of("book", 1, BinCodecs.STRING, BinCodecs.INT64, updates, BinCodecs.STRING);
	}

	static long apply(long state, byte[] update) {
		return World.apply(state, ByteBuffer.wrap(update).getLong());
	}

	private RpcServer<InetSocketAddress, Integer> listen(BindToPort port) {
		return get(RpcServer
			.over(TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), port)).transport(this.transport),
					RpcOptions.defaults()
						.withImplementations(
								Implementations.of(RPC.implementDirect((context, name, writer) -> subscribe(writer)))))
			.start());
	}

	private synchronized CompletionStage<Outcome<Long, String>> subscribe(StreamWriter<byte[]> writer) {
		if (this.rejecting) {
			return CompletableFuture.completedFuture(Outcome.rejected("no"));
		}
		this.streams.add(writer);
		writer.closed().thenRun(() -> this.streams.remove(writer));
		return CompletableFuture.completedFuture(Outcome.accepted(this.state));
	}

	/** Stops listening, and closes the sockets of all clients. */
	void stop() {
		get(this.server.tcp().closeAsync(CloseExisting.YES));
	}

	void start() {
		this.server = listen(BindToPort.onPort(this.port));
	}

	/** Changes the state, and waits for whoever pushes back. */
	void change(long number) {
		byte[] update = ByteBuffer.allocate(UPDATE_SIZE).putLong(number).array();
		synchronized (this) {
			this.state = apply(this.state, update);
			this.streams.forEach((stream) -> stream.write(update));
		}
		for (StreamWriter<byte[]> stream : this.streams) {
			if (stream.isBackedUp()) {
				get(stream.readyForMore().exceptionally((closed) -> null));
			}
		}
	}

	synchronized long state() {
		return this.state;
	}

	/** How many subscriptions the server holds. */
	int subscriptions() {
		return this.streams.size();
	}

	/** How many clients are connected. */
	int clients() {
		return this.server.tcp().numConnections();
	}

	/** A new persistent connection, already started. */
	PersistentConnection<RpcConnection> connection() {
		RpcClient client = RpcClient.over(TcpClient.over(this.transport));
		PersistentConnection<RpcConnection> connection = PersistentConnection
			.<HostAndPort, RpcConnection>builder("book",
					(context, address) -> client.connect(WhereToConnect.hostAndPort(address.host(), address.port())))
			.address(() -> CompletableFuture.completedFuture(new HostAndPort("127.0.0.1", this.port)))
			.retryDelay(RetryDelay.constant(RETRY))
			.timeSource(new EventLoopTimeSource(this.transport.next()))
			.start();
		this.connections.add(connection);
		return connection;
	}

	static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.connections.forEach((connection) -> get(connection.closeAsync()));
		stop();
		this.transport.closeAsync().join();
	}

}
