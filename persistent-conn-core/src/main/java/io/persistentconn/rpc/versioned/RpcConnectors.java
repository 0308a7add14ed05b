package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.connection.ConnectContext;
import io.persistentconn.connection.Connector;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.WhereToConnect;

/**
 * What a {@link io.persistentconn.connection.PersistentConnection} of RPCs connects with.
 * An attempt that is interrupted is given up at once, and what came of it is closed.
 *
 * <pre>{@code
 * PersistentConnection.<HostAndPort, RpcConnection>builder("quotes", RpcConnectors.over(client))
 * PersistentConnection.<HostAndPort, ConnectionWithMenu>builder("quotes",
 *     RpcConnectors.withMenu(RpcConnectors.over(client)))
 * }</pre>
 *
 * Source: {@code Persistent_connection.Rpc} and
 * {@code Persistent_connection.Versioned_rpc}, rule V3.
 */
public final class RpcConnectors {

	private RpcConnectors() {
	}

	/**
	 * Connects to hosts and ports, with the default options of TCP.
	 * @param client connects
	 * @return a connector for RPC connections
	 */
	public static Connector<HostAndPort, RpcConnection> over(RpcClient client) {
		return over(client, WhereToConnect::hostAndPort, ConnectOptions.defaults());
	}

	/**
	 * Connects to addresses of any type.
	 * @param client connects
	 * @param where makes a place to connect to of an address; if it throws, the attempt
	 * fails
	 * @param options how to connect
	 * @param <A> the type of addresses
	 * @return a connector for RPC connections
	 */
	public static <A> Connector<A, RpcConnection> over(RpcClient client,
			Function<? super A, ? extends WhereToConnect<?>> where, ConnectOptions options) {
		return (context, address) -> {
			CompletableFuture<RpcConnection> connecting = client.connect(where.apply(address), options);
			context.interrupt().thenRun(() -> connecting.cancel(false));
			return connecting;
		};
	}

	/**
	 * Also gets the menu, anew for every connection: an attempt has succeeded only then.
	 * @param connector connects
	 * @param <A> the type of addresses
	 * @return a connector for connections with menu
	 */
	public static <A> Connector<A, ConnectionWithMenu> withMenu(Connector<? super A, RpcConnection> connector) {
		return (context, address) -> connector.connect(context, address)
			.thenCompose((connection) -> withMenu(context, connection));
	}

	private static CompletableFuture<ConnectionWithMenu> withMenu(ConnectContext context, RpcConnection connection) {
		CompletableFuture<ConnectionWithMenu> created = ConnectionWithMenu.create(connection);
		created.whenComplete((withMenu, failure) -> {
			if (failure != null) {
				connection.closeAsync();
			}
		});
		context.interrupt().thenRun(() -> created.cancel(false));
		return created;
	}

}
