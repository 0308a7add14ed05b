package io.persistentconn.autoconfigure.test;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;

import io.persistentconn.autoconfigure.connection.AddressSource;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.connection.AddressSupplier;
import io.persistentconn.tcp.WhereToConnect;

import org.springframework.core.Ordered;

/**
 * Leads each connection to the server of the same name.
 */
public final class InMemoryAddresses implements AddressSource, Ordered {

	private final TcpServers servers;

	private final Set<String> connections = new ConcurrentSkipListSet<>();

	/**
	 * Creates a source.
	 * @param servers the servers
	 */
	public InMemoryAddresses(TcpServers servers) {
		this.servers = servers;
	}

	/** The names of the connections that lead to servers. */
	Set<String> connections() {
		return this.connections;
	}

	boolean isServed(String connection) {
		return this.servers.names().contains(connection);
	}

	@Override
	public Optional<AddressSupplier<List<WhereToConnect<?>>>> addressesOf(String name) {
		this.connections.add(name);
		return Optional.of(() -> CompletableFuture.completedFuture(List.of(serverOf(name))));
	}

	private WhereToConnect<?> serverOf(String connection) {
		if (!isServed(connection)) {
			throw new NoInMemoryServerException(connection);
		}
		SocketAddress address = this.servers.get(connection).listeningOnAddress();
		return (address instanceof UnixDomainSocketAddress unix) ? WhereToConnect.unix(unix.getPath())
				: WhereToConnect.hostAndPort("localhost", ((InetSocketAddress) address).getPort());
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
