package io.persistentconn.autoconfigure.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.event.RecentEvents;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.status.ServerStatuses;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.TcpServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * All connections, servers and subscriptions at a glance, and means to interfere:
 *
 * <pre>
 * GET  persistentconn
 * POST persistentconn/connections/{name}/reconnect
 * POST persistentconn/connections/{name}/close
 * POST persistentconn/servers/{name}/drop-incoming   {"enabled": false} ends it
 * POST persistentconn/subscriptions/{name}/close
 * </pre> Only reading is allowed unless
 * {@code management.endpoint.persistentconn.access=unrestricted}.
 */
@Endpoint(id = "persistentconn", defaultAccess = Access.READ_ONLY)
public final class PersistentConnEndpoint {

	private final PersistentConnections connections;

	private final TcpServers servers;

	private final ServerStatuses statuses;

	private final Subscriptions subscriptions;

	private final RecentEvents events;

	/**
	 * Creates the endpoint.
	 * @param connections the connections
	 * @param servers the servers
	 * @param statuses how the servers are doing
	 * @param subscriptions the subscriptions
	 * @param events what happened to all of them
	 */
	public PersistentConnEndpoint(PersistentConnections connections, TcpServers servers, ServerStatuses statuses,
			Subscriptions subscriptions, RecentEvents events) {
		this.connections = connections;
		this.servers = servers;
		this.statuses = statuses;
		this.subscriptions = subscriptions;
		this.events = events;
	}

	/**
	 * Tells how everything is doing.
	 * @return all connections, servers and subscriptions
	 */
	@ReadOperation
	public PersistentConnDescriptor overview() {
		Map<String, ConnectionDescriptor> connections = new LinkedHashMap<>();
		this.connections.all()
			.forEach((name, connection) -> connections.put(name,
					ConnectionDescriptor.of(connection.status(), this.events.of(connection))));
		Map<String, ServerDescriptor> servers = new LinkedHashMap<>();
		this.servers.all()
			.forEach((name, server) -> servers.put(name,
					ServerDescriptor.of(this.statuses.of(server), this.events.of(server))));
		Map<String, SubscriptionDescriptor> subscriptions = new LinkedHashMap<>();
		this.subscriptions.all()
			.forEach((name, subscription) -> subscriptions.put(name,
					SubscriptionDescriptor.of(subscription, this.events.of(subscription))));
		return new PersistentConnDescriptor(connections, servers, subscriptions);
	}

	/**
	 * Interferes. It begins at once, and may end later.
	 * @param kind of what
	 * @param name the name of the connection, server or subscription
	 * @param action what to do
	 * @param enabled for {@link Action#DROP_INCOMING}, whether to; {@code true} if not
	 * said
	 */
	@WriteOperation
	public void perform(@Selector Kind kind, @Selector String name, @Selector Action action,
			@Nullable Boolean enabled) {
		if (!action.isFor(kind)) {
			throw new InvalidEndpointRequestException(action + " is not for " + kind, "no such action");
		}
		switch (action) {
			case RECONNECT -> reconnect(find(this.connections.all(), name));
			case CLOSE -> close(kind, name);
			case DROP_INCOMING -> {
				TcpServer<?, ?> server = find(this.servers.all(), name);
				server.setDropIncomingConnections(!Boolean.FALSE.equals(enabled));
			}
		}
	}

	private void close(Kind kind, String name) {
		if (kind == Kind.CONNECTIONS) {
			find(this.connections.all(), name).closeAsync();
		}
		else {
			find(this.subscriptions.all(), name).close();
		}
	}

	/** A connection that is closed is established again, like one that is lost. */
	private static <C extends AsyncCloseable> void reconnect(PersistentConnection<C> connection) {
		Optional<C> current = connection.currentConnection();
		current.ifPresentOrElse(AsyncCloseable::closeAsync, connection::retryNow);
	}

	private static <T> T find(Map<String, T> entries, String name) {
		T entry = entries.get(name);
		if (entry == null) {
			throw new InvalidEndpointRequestException(
					"name: \"" + name + "\" (expected: one of " + entries.keySet() + ")", "no such name");
		}
		return entry;
	}

	/**
	 * What can be interfered with.
	 */
	public enum Kind {

		/** Persistent connections. */
		CONNECTIONS,

		/** Servers. */
		SERVERS,

		/** Durable subscriptions. */
		SUBSCRIPTIONS

	}

	/**
	 * What can be done.
	 */
	public enum Action {

		/**
		 * Closes the present connection, or else ends the wait, so that it is established
		 * anew.
		 */
		RECONNECT,

		/** Closes a connection or subscription for good. */
		CLOSE,

		/** Closes the clients that come to a server at once, or no longer. */
		DROP_INCOMING;

		private boolean isFor(Kind kind) {
			return switch (this) {
				case RECONNECT -> kind == Kind.CONNECTIONS;
				case CLOSE -> kind == Kind.CONNECTIONS || kind == Kind.SUBSCRIPTIONS;
				case DROP_INCOMING -> kind == Kind.SERVERS;
			};
		}

	}

}
