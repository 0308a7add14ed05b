package io.persistentconn.rpc;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.persistentconn.rpc.transport.TcpMessageTransport;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.WhereToConnect;
import org.jspecify.annotations.Nullable;

/**
 * Connects to RPC servers over TCP or unix sockets. Immutable, and cheap.
 */
public final class RpcClient {

	private final TcpClient client;

	private final RpcOptions options;

	private RpcClient(TcpClient client, RpcOptions options) {
		this.client = client;
		this.options = options;
	}

	/**
	 * Creates a client with the default options.
	 * @param client makes the sockets
	 * @return the client
	 */
	public static RpcClient over(TcpClient client) {
		return new RpcClient(client, RpcOptions.defaults());
	}

	/**
	 * Holds connections in another way.
	 * @param options the way
	 * @return a client that does so
	 */
	public RpcClient withOptions(RpcOptions options) {
		return new RpcClient(this.client, options);
	}

	/**
	 * Connects with the default options of TCP.
	 * @param where where to connect
	 * @return as {@link #connect(WhereToConnect, ConnectOptions)}
	 */
	public CompletableFuture<RpcConnection> connect(WhereToConnect<? extends SocketAddress> where) {
		return connect(where, ConnectOptions.defaults());
	}

	/**
	 * Connects, and shakes hands.
	 * @param <A> the type of address
	 * @param where where to connect
	 * @param connectOptions how to connect
	 * @return a new future of the connection, which the caller closes. It fails as
	 * {@link TcpClient#connect} does, or as {@link RpcConnection#establish}; cancelling
	 * it ends the attempt, and closes what comes of it
	 */
	public <A extends SocketAddress> CompletableFuture<RpcConnection> connect(WhereToConnect<A> where,
			ConnectOptions connectOptions) {
		CompletableFuture<TcpConnection<A>> connecting = this.client.connect(where, connectOptions);
		AtomicReference<@Nullable CompletableFuture<RpcConnection>> handshake = new AtomicReference<>();
		CompletableFuture<RpcConnection> connected = connecting.thenCompose((connection) -> {
			CompletableFuture<RpcConnection> established = RpcConnection
				.establish(TcpMessageTransport.over(connection, this.options.maxMessageSize()), this.options);
			handshake.set(established);
			return established;
		});
		connected.whenComplete((connection, error) -> {
			if (connected.isCancelled()) {
				connecting.cancel(false);
				CompletableFuture<RpcConnection> begun = handshake.get();
				if (begun != null && !begun.cancel(false) && !begun.isCompletedExceptionally()) {
					begun.join().closeAsync();
				}
			}
		});
		return connected;
	}

}
