package io.persistentconn.autoconfigure.netty;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import io.persistentconn.autoconfigure.properties.KeepAliveProperties;
import io.persistentconn.tcp.KeepAlive;
import io.persistentconn.tcp.Liveness;
import io.persistentconn.tcp.NettyTransport;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How the connections of an entry notice that a peer has vanished.
 */
public final class EntryLiveness {

	private static final String EPOLL = "epoll";

	private static final String MEMORY = "memory";

	private static final Logger logger = LoggerFactory.getLogger(EntryLiveness.class);

	private final String transport;

	private final boolean keepAliveIsSupported;

	/**
	 * Creates a translation.
	 * @param transport what the connections run on
	 */
	public EntryLiveness(NettyTransport transport) {
		this(transport.name(), EPOLL.equals(transport.name()) || platformSupportsKeepAlive());
	}

	EntryLiveness(String transport, boolean keepAliveIsSupported) {
		this.transport = transport;
		this.keepAliveIsSupported = keepAliveIsSupported;
	}

	/**
	 * Translates the properties of an entry.
	 * @param entry the prefix of the properties
	 * @param keepAlive probes while idle
	 * @param userTimeout how long sent bytes may stay unacknowledged, or {@code null}
	 * @param readIdleTimeout how long nothing may be received, or {@code null}
	 * @return what the sockets are told
	 * @throws InvalidConfigurationPropertyValueException if the transport has no user
	 * timeout
	 */
	public Liveness of(String entry, KeepAliveProperties keepAlive, @Nullable Duration userTimeout,
			@Nullable Duration readIdleTimeout) {
		if (MEMORY.equals(this.transport)) {
			// What tests run on takes the properties of production as they are.
			return new Liveness(null, null, readIdleTimeout);
		}
		if (userTimeout != null && !EPOLL.equals(this.transport)) {
			throw new InvalidConfigurationPropertyValueException(entry + ".user-timeout", userTimeout,
					"Expected: not set, because the transport is " + this.transport
							+ ", and only epoll has a user timeout.");
		}
		if (!this.keepAliveIsSupported) {
			// It is there by default, so it must not make the default useless.
			logger.info("{}: this platform cannot set keep-alive", entry);
			return new Liveness(null, userTimeout, readIdleTimeout);
		}
		return new Liveness(new KeepAlive(keepAlive.idle(), keepAlive.interval(), keepAlive.count()), userTimeout,
				readIdleTimeout);
	}

	private static boolean platformSupportsKeepAlive() {
		try (SocketChannel probe = SocketChannel.open()) {
			return probe.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
