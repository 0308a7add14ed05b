package io.persistentconn.autoconfigure.properties;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import io.persistentconn.tcp.BufferAgeLimit;
import io.persistentconn.tcp.WhereToConnect;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A persistent connection.
 *
 * @param protocol What is spoken on the connection: bytes of the application's own, or
 * RPCs.
 * @param addresses Where to connect to: "host:port", "[ipv6]:port" or "unix:/path". An
 * attempt tries them in turn, beginning with the last good one.
 * @param retryDelay Time from the beginning of one attempt to the beginning of the next,
 * before jitter.
 * @param retryJitter Fraction by which a delay is randomly shortened or prolonged, from 0
 * to 1.
 * @param maxRetryDelay Longest delay. If above the retry delay, the delay doubles with
 * every failed attempt up to it; otherwise it is constant.
 * @param initialSpread Longest additional, random delay of the first attempt after a
 * loss, so that many clients of one server do not return in one instant.
 * @param connectTimeout Time within which an attempt must succeed with one address,
 * including the resolution of its name.
 * @param keepAlive probes while idle
 * @param userTimeout Time for which sent bytes may stay unacknowledged. Needs the epoll
 * transport. If not set, that of the operating system.
 * @param readIdleTimeout Time without received bytes after which a connection is taken
 * for dead. If not set, unlimited.
 * @param readerBufferSize Number of bytes received before they are asked for.
 * @param writerBufferSize Number of unsent bytes above which a writer is backed up.
 * @param bufferAgeLimit Time after which bytes that the operating system does not take
 * end the connection, or "unlimited".
 * @param maxMessageSize Number of bytes that a message may have, in either direction, for
 * protocol "rpc".
 * @param handshakeTimeout Time that each step of the handshake may take, for protocol
 * "rpc".
 * @param heartbeat signs of life
 * @param calls calls of this side
 * @param identification Text by which the peer knows this side, for protocol "rpc".
 * @param bindToAddress Local address to connect from. If not set, chosen by the operating
 * system.
 * @param autoStart Whether to connect when the application starts.
 * @param failFast Whether the start of the application waits for the outcome of the first
 * attempt, and fails if the attempt does.
 * @param health health
 */
public record ConnectionProperties(@DefaultValue("tcp") Protocol protocol,
		@DefaultValue List<WhereToConnect<?>> addresses, @DefaultValue("10s") Duration retryDelay,
		@DefaultValue("0.3") double retryJitter, @Nullable Duration maxRetryDelay,
		@DefaultValue("0s") Duration initialSpread, @DefaultValue("10s") Duration connectTimeout,
		@DefaultValue @NestedConfigurationProperty KeepAliveProperties keepAlive, @Nullable Duration userTimeout,
		@Nullable Duration readIdleTimeout, @DefaultValue("64KB") DataSize readerBufferSize,
		@DefaultValue("128KB") DataSize writerBufferSize, @DefaultValue("2m") BufferAgeLimit bufferAgeLimit,
		@DefaultValue("100MB") DataSize maxMessageSize, @DefaultValue("30s") Duration handshakeTimeout,
		@DefaultValue @NestedConfigurationProperty HeartbeatProperties heartbeat,
		@DefaultValue @NestedConfigurationProperty CallsProperties calls, @Nullable String identification,
		@Nullable InetAddress bindToAddress, @DefaultValue("true") boolean autoStart,
		@DefaultValue("false") boolean failFast, @DefaultValue Health health) {

	/**
	 * What the health of the application makes of a connection.
	 *
	 * @param include Whether health shows the connection.
	 * @param required Whether health is down while the connection is lost beyond the
	 * grace period.
	 * @param gracePeriod Time for which a lost connection still counts as up.
	 */
	public record Health(@DefaultValue("true") boolean include, @DefaultValue("true") boolean required,
			@DefaultValue("30s") Duration gracePeriod) {
	}

}
