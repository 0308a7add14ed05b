package io.persistentconn.rpc.versioned;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * An RPC connection and what its peer implements: what {@code dispatchMulti} needs to
 * choose a version. Closing it closes the connection, and it is closed when the
 * connection is, for the same reason. Immutable; may be used from any thread.
 * <p>
 * Source: {@code Versioned_rpc.Connection_with_menu}, rule V1.
 */
public final class ConnectionWithMenu implements AsyncCloseable {

	private static final Rpc<Unit, Menu> MENU = Rpc.of(Menu.RPC.name(), Menu.RPC.version(), BinCodecs.UNIT, Menu.CODEC);

	private final RpcConnection connection;

	private final Menu menu;

	private ConnectionWithMenu(RpcConnection connection, Menu menu) {
		this.connection = connection;
		this.menu = menu;
	}

	/**
	 * Pairs a connection with the menu that the peer told in the handshake, or else asks
	 * the peer for it, which below version 3 of the protocol is the only way.
	 * @param connection the connection, which stays open if this fails
	 * @return a new future of the pair, complete at once if the peer told its menu. It
	 * fails with {@link io.persistentconn.rpc.RpcException} if the peer has none or the
	 * connection closes
	 */
	public static CompletableFuture<ConnectionWithMenu> create(RpcConnection connection) {
		Optional<Menu> told = connection.peerMenu();
		if (told.isPresent()) {
			return CompletableFuture.completedFuture(of(connection, told.get()));
		}
		return ConvertedCall.of(MENU.dispatch(connection, Unit.UNIT), (menu) -> of(connection, menu));
	}

	/**
	 * Pairs a connection with a menu of the caller's choice, whatever the peer would say:
	 * to call a peer that tells none, or to keep to some versions.
	 * @param connection the connection
	 * @param menu what the peer is taken to implement
	 * @return the pair
	 */
	public static ConnectionWithMenu of(RpcConnection connection, Menu menu) {
		return new ConnectionWithMenu(connection, menu);
	}

	/**
	 * The connection, for RPCs without versions.
	 * @return the connection
	 */
	public RpcConnection connection() {
		return this.connection;
	}

	/**
	 * What the peer implements.
	 * @return its menu
	 */
	public Menu menu() {
		return this.menu;
	}

	/**
	 * The versions of one RPC that the peer implements.
	 * @param name the name of the RPC
	 * @return in ascending order; empty if the peer does not know the name
	 */
	public List<Long> versions(String name) {
		return this.menu.ids().stream().filter((id) -> id.name().equals(name)).map(RpcId::version).toList();
	}

	/**
	 * Closes the connection.
	 * @return as {@link RpcConnection#closeAsync()}
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return this.connection.closeAsync();
	}

	@Override
	public boolean isClosed() {
		return this.connection.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.connection.closeFinished();
	}

	@Override
	public Optional<Throwable> closeReason() {
		return this.connection.closeReason();
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
