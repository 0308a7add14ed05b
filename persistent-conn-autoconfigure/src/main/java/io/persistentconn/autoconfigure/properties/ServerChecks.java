package io.persistentconn.autoconfigure.properties;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the properties of a server may be, also with regard to those of other servers.
 */
final class ServerChecks {

	private static final int MAX_PORT = 65535;

	private ServerChecks() {
	}

	/**
	 * Checks a server.
	 * @param places where the servers checked before listen, with their names
	 */
	static void check(String name, EntryChecks entry, ServerProperties server, Map<Object, String> places) {
		place(name, entry, server, places);
		entry.atLeast("backlog", 1, server.backlog());
		entry.atLeast("max-connections", 1, server.maxConnections());
		entry.atLeast("max-accepts-per-batch", 1, server.maxAcceptsPerBatch());
		entry.keepAlive(server.keepAlive());
		entry.userTimeout(server.userTimeout());
		entry.positive("read-idle-timeout", server.readIdleTimeout());
		entry.size("reader-buffer-size", server.readerBufferSize());
		entry.size("writer-buffer-size", server.writerBufferSize());
		entry.positive("buffer-age-limit", server.bufferAgeLimit().atMost());
		entry.size("max-message-size", server.maxMessageSize());
		entry.positive("handshake-timeout", server.handshakeTimeout());
		entry.heartbeat(server.heartbeat());
		entry.onlyFor(Protocol.RPC, server.protocol(), "max-message-size", "handshake-timeout", "heartbeat.send-every",
				"heartbeat.timeout", "heartbeat.style");
		entry.notNegative("shutdown.grace-period", server.shutdown().gracePeriod());
	}

	private static void place(String name, EntryChecks entry, ServerProperties server, Map<Object, String> places) {
		Integer port = server.port();
		Path unixSocket = server.unixSocket();
		if (port == null && unixSocket == null) {
			throw entry.invalid("port", "a port, or a unix-socket instead");
		}
		if (port != null && unixSocket != null) {
			throw entry.invalid("unix-socket",
					"not set, because the port is " + port + ", and a server listens on either");
		}
		if (unixSocket != null) {
			String other = places.put(unixSocket.toAbsolutePath().normalize(), name);
			if (other != null) {
				throw entry.invalid("unix-socket", "a path that the server '" + other + "' does not have");
			}
		}
		else if (port != null) {
			entry.between("port", port, 0, MAX_PORT);
			InetSocketAddress place = (server.address() != null) ? new InetSocketAddress(server.address(), port)
					: new InetSocketAddress(port);
			String other = (port != 0) ? places.put(place, name) : null;
			if (other != null) {
				throw entry.invalid("port", "a port that the server '" + other + "' does not have");
			}
		}
	}

}
