package io.persistentconn.autoconfigure.properties;

import java.time.Duration;

/**
 * What the properties of a connection may be. Whether there are addresses is known only
 * once the beans that may supply them are.
 */
final class ConnectionChecks {

	private ConnectionChecks() {
	}

	static void check(EntryChecks entry, ConnectionProperties connection) {
		entry.positive("retry-delay", connection.retryDelay());
		if (!(connection.retryJitter() >= 0 && connection.retryJitter() <= 1)) {
			throw entry.invalid("retry-jitter", "from 0 to 1");
		}
		Duration longest = connection.maxRetryDelay();
		if (longest != null && longest.compareTo(connection.retryDelay()) < 0) {
			throw entry.invalid("max-retry-delay",
					"not below the retry-delay, which is " + connection.retryDelay().toMillis() + "ms");
		}
		entry.notNegative("initial-spread", connection.initialSpread());
		entry.positive("connect-timeout", connection.connectTimeout());
		entry.keepAlive(connection.keepAlive());
		entry.userTimeout(connection.userTimeout());
		entry.positive("read-idle-timeout", connection.readIdleTimeout());
		entry.size("reader-buffer-size", connection.readerBufferSize());
		entry.size("writer-buffer-size", connection.writerBufferSize());
		entry.positive("buffer-age-limit", connection.bufferAgeLimit().atMost());
		entry.size("max-message-size", connection.maxMessageSize());
		entry.positive("handshake-timeout", connection.handshakeTimeout());
		entry.heartbeat(connection.heartbeat());
		entry.notNegative("calls.timeout", connection.calls().timeout());
		entry.notNegative("calls.wait-for-connection", connection.calls().waitForConnection());
		entry.onlyFor(Protocol.RPC, connection.protocol(), "max-message-size", "handshake-timeout",
				"heartbeat.send-every", "heartbeat.timeout", "heartbeat.style", "calls.timeout",
				"calls.wait-for-connection", "identification");
		entry.notNegative("health.grace-period", connection.health().gracePeriod());
	}

}
