package io.persistentconn.rpc;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.transport.TcpMessageTransport;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpServerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves RPCs over TCP or unix sockets: a {@link TcpServer} whose clients speak the
 * protocol of RPCs.
 *
 * <pre>{@code
 * RpcServer.over(TcpServer.builder(WhereToListen.port(7000)).transport(transport),
 *     RpcOptions.defaults().withImplementations(implementations)).start();
 * }</pre>
 *
 * All methods may be called from any thread, and none blocks.
 *
 * @param <A> the type of the addresses of the server and its clients
 * @param <L> what {@link TcpServer#listeningOn()} tells: a port or a path
 */
public final class RpcServer<A extends SocketAddress, L> implements AsyncCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RpcServer.class);

	private final RpcOptions options;

	private final Set<RpcConnection> connections = ConcurrentHashMap.newKeySet();

	private final TcpServer<A, L> tcp;

	private RpcServer(TcpServerBuilder<A, L> builder, RpcOptions options) {
		this.options = options;
		this.tcp = builder.build(this::serve);
	}

	/**
	 * Builds a server that does not listen yet.
	 * @param tcp describes the sockets
	 * @param options how to hold connections, and what is implemented
	 * @param <A> the type of the addresses
	 * @param <L> what {@link TcpServer#listeningOn()} tells
	 * @return the server, for {@link #start()}
	 * @throws IllegalArgumentException as {@link TcpServerBuilder#build}
	 * @throws IllegalStateException as {@link TcpServerBuilder#build}
	 */
	public static <A extends SocketAddress, L> RpcServer<A, L> over(TcpServerBuilder<A, L> tcp, RpcOptions options) {
		return new RpcServer<>(tcp, options);
	}

	private CompletionStage<?> serve(TcpConnection<A> socket) {
		TcpMessageTransport transport = TcpMessageTransport.over(socket, this.options.maxMessageSize());
		return RpcConnection.establish(transport, this.options).handle((connection, error) -> {
			if (error instanceof HandshakeException) {
				// No fault of this side, and the transport is closed already.
				logger.debug("Server {}: no handshake with {}", this.tcp.name(), socket.remoteAddress(), error);
				return CompletableFuture.<Void>completedFuture(null);
			}
			if (error != null) {
				return CompletableFuture.<Void>failedFuture(error);
			}
			this.connections.add(connection);
			return connection.served().whenComplete((closed, failure) -> this.connections.remove(connection));
		}).thenCompose((served) -> served);
	}

	/**
	 * Begins to listen.
	 * @return a new future of this server, as {@link TcpServer#start()}
	 */
	public CompletableFuture<RpcServer<A, L>> start() {
		return this.tcp.start().thenApply((started) -> this);
	}

	/**
	 * The sockets: where it listens, how many clients there are, dropping and stopping.
	 * @return the server below
	 */
	public TcpServer<A, L> tcp() {
		return this.tcp;
	}

	/**
	 * The clients that have shaken hands.
	 * @return a snapshot
	 */
	public Set<RpcConnection> connections() {
		return Set.copyOf(this.connections);
	}

	/**
	 * Closes all connections when their open calls have ended, or the time is over. Call
	 * it after {@link TcpServer#stop}, or others come.
	 * @param reason which the clients are told
	 * @param wait how long to wait for open calls
	 * @return a new future that completes when all have closed
	 */
	public CompletableFuture<Void> closeConnections(String reason, Duration wait) {
		return CompletableFuture.allOf(connections().stream()
			.map((connection) -> connection.closeAsync(reason, wait))
			.toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Stops listening for good. Existing clients go on.
	 * @return as {@link TcpServer#closeAsync()}
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return this.tcp.closeAsync();
	}

	@Override
	public boolean isClosed() {
		return this.tcp.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.tcp.closeFinished();
	}

	@Override
	public String toString() {
		return "RpcServer(" + this.tcp.name() + ")";
	}

}
