package io.persistentconn.autoconfigure.test;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.connection.ConnectionsLifecycle;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.server.TcpServers;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the servers listen before connections start, so that no test begins with a failed
 * attempt. They stop when they always do.
 */
public final class InMemoryServersLifecycle implements SmartLifecycle {

	private final InMemoryAddresses addresses;

	private final TcpServers servers;

	private final PersistentConnections connections;

	private final PersistentConnProperties properties;

	private volatile boolean running;

	/**
	 * Creates the early start of all servers.
	 * @param addresses lead connections to servers
	 * @param servers the servers
	 * @param connections the connections
	 * @param properties say which connections start by themselves
	 */
	public InMemoryServersLifecycle(InMemoryAddresses addresses, TcpServers servers, PersistentConnections connections,
			PersistentConnProperties properties) {
		this.addresses = addresses;
		this.servers = servers;
		this.connections = connections;
		this.properties = properties;
	}

	/**
	 * Starts the servers, and waits until they listen. One that cannot is reported when
	 * it is started with the others of the application.
	 * @throws NoInMemoryServerException if there is none for a connection
	 */
	@Override
	public void start() {
		this.running = true;
		// Made now, so that the addresses know them.
		this.connections.all();
		this.addresses.connections().stream().filter(this::isAutoStart).forEach((connection) -> {
			if (!this.addresses.isServed(connection)) {
				throw new NoInMemoryServerException(connection);
			}
		});
		CompletableFuture
			.allOf(this.servers.all()
				.values()
				.stream()
				.filter((server) -> !server.isClosed())
				.map((server) -> server.start())
				.toArray(CompletableFuture[]::new))
			.handle((started, error) -> null)
			.join();
	}

	private boolean isAutoStart(String connection) {
		ConnectionProperties entry = this.properties.connections().get(connection);
		return entry != null && entry.autoStart();
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ConnectionsLifecycle.PHASE - 1;
	}

}
