package io.persistentconn.autoconfigure.properties;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;

import io.persistentconn.tcp.BufferAgeLimit;
import io.persistentconn.tcp.Overload;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A server.
 *
 * @param protocol What is spoken with clients: bytes of the application's own, or RPCs.
 * @param port Port to listen on. With 0, chosen by the operating system and published as
 * "local.persistent-conn.{name}.port".
 * @param address Address to listen on. If not set, all addresses of the machine.
 * @param unixSocket Path of the unix socket to listen on, instead of a port.
 * @param backlog Number of clients that the operating system lets wait to be accepted.
 * @param maxConnections Number of clients that may be connected at a time. If not set,
 * the greater of 10000 and 90 % of the file descriptors that the process may have.
 * @param maxAcceptsPerBatch Number of clients accepted at a time.
 * @param dropIncomingConnections Whether clients are accepted and closed at once.
 * @param overload What happens to further clients while as many as allowed are connected:
 * they wait in the backlog, or are accepted and closed at once.
 * @param onHandlerError What happens when a handler fails. With "call", it is logged and
 * published as an event; with "raise", the server stops accepting.
 * @param reuseAddress Whether to listen on an address that connections of an earlier
 * process still occupy.
 * @param bufferAgeLimit Time after which bytes that the operating system does not take
 * end the connection, or "unlimited".
 * @param readerBufferSize Number of bytes received before they are asked for.
 * @param writerBufferSize Number of unsent bytes above which a writer is backed up.
 * @param keepAlive probes while idle
 * @param userTimeout Time for which sent bytes may stay unacknowledged. Needs the epoll
 * transport. If not set, that of the operating system.
 * @param readIdleTimeout Time without received bytes after which a client is taken for
 * dead. If not set, unlimited.
 * @param maxMessageSize Number of bytes that a message may have, in either direction, for
 * protocol "rpc".
 * @param handshakeTimeout Time that each step of the handshake may take, for protocol
 * "rpc".
 * @param heartbeat signs of life
 * @param shutdown stopping
 */
public record ServerProperties(@DefaultValue("tcp") Protocol protocol, @Nullable Integer port,
		@Nullable InetAddress address, @Nullable Path unixSocket, @DefaultValue("64") int backlog,
		@Nullable Integer maxConnections, @DefaultValue("1") int maxAcceptsPerBatch,
		@DefaultValue("false") boolean dropIncomingConnections, @DefaultValue("hold") Overload overload,
		@DefaultValue("call") OnHandlerError onHandlerError, @DefaultValue("true") boolean reuseAddress,
		@DefaultValue("2m") BufferAgeLimit bufferAgeLimit, @DefaultValue("64KB") DataSize readerBufferSize,
		@DefaultValue("128KB") DataSize writerBufferSize,
		@DefaultValue @NestedConfigurationProperty KeepAliveProperties keepAlive, @Nullable Duration userTimeout,
		@Nullable Duration readIdleTimeout, @DefaultValue("100MB") DataSize maxMessageSize,
		@DefaultValue("30s") Duration handshakeTimeout,
		@DefaultValue @NestedConfigurationProperty HeartbeatProperties heartbeat, @DefaultValue Shutdown shutdown) {

	/**
	 * What happens when the handler of a client fails.
	 */
	public enum OnHandlerError {

		/** The server stops accepting. */
		RAISE,

		/** Nothing. */
		IGNORE,

		/** It is logged, and listeners are told. */
		CALL

	}

	/**
	 * How a server stops.
	 *
	 * @param gracePeriod Time for which handlers and calls may go on when the application
	 * stops; what is connected after that is closed.
	 */
	public record Shutdown(@DefaultValue("20s") Duration gracePeriod) {
	}

}
