package io.persistentconn.autoconfigure.metrics;

import java.util.function.ToLongFunction;

import io.persistentconn.connection.ConnectionEvent;
import io.persistentconn.tcp.TcpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the bytes of the TCP connections that a persistent connection has had. Told of
 * events by its owner; asked by any thread.
 */
final class ConnectionTraffic {

	private @Nullable TcpConnection<?> current;

	private long receivedBefore;

	private long sentBefore;

	/** Takes note of an event; whether it tells of a connection whose bytes count. */
	synchronized boolean happened(ConnectionEvent<?, ?> event) {
		if (event instanceof ConnectionEvent.Connected<?, ?> connected
				&& connected.connection() instanceof TcpConnection<?> connection) {
			this.current = connection;
			return true;
		}
		if (event instanceof ConnectionEvent.Disconnected<?, ?>) {
			this.receivedBefore = received();
			this.sentBefore = sent();
			this.current = null;
		}
		return false;
	}

	synchronized long received() {
		return this.receivedBefore + ofCurrent(TcpConnection::bytesRead);
	}

	synchronized long sent() {
		return this.sentBefore + ofCurrent(TcpConnection::bytesWritten);
	}

	private long ofCurrent(ToLongFunction<TcpConnection<?>> bytes) {
		return (this.current != null) ? bytes.applyAsLong(this.current) : 0;
	}

}
