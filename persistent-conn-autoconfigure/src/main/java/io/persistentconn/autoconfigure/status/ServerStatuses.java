package io.persistentconn.autoconfigure.status;

import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatus.Phase;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpServerEvent;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * How the servers of the application are doing, from what they told and without asking
 * the network. May be used from any thread.
 */
public final class ServerStatuses implements SmartInitializingSingleton, DisposableBean {

	private final TcpServers servers;

	private final Map<TcpServer<?, ?>, Cancellable> listeners = new ConcurrentHashMap<>();

	private final Map<TcpServer<?, ?>, Throwable> errors = new ConcurrentHashMap<>();

	/**
	 * Creates the statuses of servers that have not started yet.
	 * @param servers the servers
	 */
	public ServerStatuses(TcpServers servers) {
		this.servers = servers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.servers.all()
			.values()
			.forEach((server) -> this.listeners.put(server, server.addListener((event) -> happened(server, event))));
	}

	@Override
	public void destroy() {
		this.listeners.values().forEach(Cancellable::cancel);
		this.listeners.clear();
	}

	/**
	 * How all servers are doing.
	 * @return the statuses by the names of the servers, in alphabetical order
	 */
	public Map<String, ServerStatus> all() {
		Map<String, ServerStatus> statuses = new LinkedHashMap<>();
		this.servers.all().forEach((name, server) -> statuses.put(name, of(server)));
		return statuses;
	}

	/**
	 * How one server is doing.
	 * @param server one of the servers of the application
	 * @return its status
	 */
	public ServerStatus of(TcpServer<?, ?> server) {
		Optional<SocketAddress> listeningOn = listeningOn(server);
		Optional<Throwable> error = Optional.ofNullable(this.errors.get(server));
		int connections = server.numConnections();
		return new ServerStatus(phase(server, listeningOn.isPresent(), error.isPresent(), connections), listeningOn,
				connections, server.maxConnections(), server.isDroppingIncomingConnections(), server.counters(), error);
	}

	private void happened(TcpServer<?, ?> server, TcpServerEvent event) {
		if (event instanceof TcpServerEvent.Listening) {
			this.errors.remove(server);
		}
		else if (event instanceof TcpServerEvent.Stopped stopped) {
			stopped.reason().ifPresent((error) -> this.errors.put(server, error));
		}
	}

	private static Phase phase(TcpServer<?, ?> server, boolean listened, boolean failed, int connections) {
		if (server.isListening()) {
			return Phase.LISTENING;
		}
		if (failed) {
			return Phase.FAILED;
		}
		if (!listened) {
			return Phase.NOT_STARTED;
		}
		return (connections > 0) ? Phase.DRAINING : Phase.STOPPED;
	}

	private static Optional<SocketAddress> listeningOn(TcpServer<?, ?> server) {
		try {
			return Optional.of(server.listeningOnAddress());
		}
		catch (IllegalStateException ex) {
			return Optional.empty();
		}
	}

}
