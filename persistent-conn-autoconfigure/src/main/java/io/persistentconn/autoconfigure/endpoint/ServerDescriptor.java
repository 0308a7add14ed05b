package io.persistentconn.autoconfigure.endpoint;

import java.util.List;

import io.persistentconn.autoconfigure.event.RecentEvents.RecentEvent;
import io.persistentconn.autoconfigure.netty.SocketAddresses;
import io.persistentconn.autoconfigure.status.ServerStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint tells of a server.
 *
 * @param state what it is doing
 * @param listeningOn where it listens, or did last
 * @param connections how many clients it has
 * @param maxConnections how many clients it may have
 * @param dropping whether it closes clients as soon as they come
 * @param accepted how many clients were accepted in order to be handled
 * @param rejected how many clients were accepted and closed at once
 * @param handlerErrors how many handlers failed
 * @param lastError why it stopped by itself
 * @param recentEvents its last events, the oldest first
 */
public record ServerDescriptor(ServerStatus.Phase state, @Nullable String listeningOn, int connections,
		int maxConnections, boolean dropping, long accepted, long rejected, long handlerErrors,
		@Nullable String lastError, List<RecentEvent> recentEvents) {

	static ServerDescriptor of(ServerStatus status, List<RecentEvent> recentEvents) {
		return new ServerDescriptor(status.phase(), status.listeningOn().map(SocketAddresses::format).orElse(null),
				status.connections(), status.maxConnections(), status.dropping(), status.counters().accepted(),
				status.counters().rejected(), status.counters().handlerErrors(),
				status.error().map(Throwable::toString).orElse(null), recentEvents);
	}

}
