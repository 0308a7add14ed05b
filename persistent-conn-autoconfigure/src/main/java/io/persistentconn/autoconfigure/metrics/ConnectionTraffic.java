package io.persistentconn.autoconfigure.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.persistentconn.connection.ConnectionEvent;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.TcpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the bytes of the TCP and RPC connections that a persistent connection has had.
 * Told of events by its owner; asked by any thread.
 */
final class ConnectionTraffic {

	private @Nullable Counted current;

	private long receivedBefore;

	private long sentBefore;

	/** Takes note of an event; whether it tells of a connection whose bytes count. */
	synchronized boolean happened(ConnectionEvent<?, ?> event) {
		if (event instanceof ConnectionEvent.Connected<?, ?> connected) {
			this.current = Counted.of(connected.connection());
			return this.current != null;
		}
		if (event instanceof ConnectionEvent.Disconnected<?, ?>) {
			this.receivedBefore = received();
			this.sentBefore = sent();
			this.current = null;
		}
		return false;
	}

	synchronized long received() {
		return this.receivedBefore + ((this.current != null) ? this.current.received.getAsLong() : 0);
	}

	synchronized long sent() {
		return this.sentBefore + ((this.current != null) ? this.current.sent.getAsLong() : 0);
	}

	/** How long bytes take, if there is a connection that knows. */
	synchronized Optional<Duration> roundTripTime() {
		return (this.current != null) ? this.current.roundTripTime.get() : Optional.empty();
	}

	/**
	 * A connection that counts its bytes.
	 */
	private record Counted(LongSupplier received, LongSupplier sent, Supplier<Optional<Duration>> roundTripTime) {

		static @Nullable Counted of(Object connection) {
			if (connection instanceof TcpConnection<?> tcp) {
				return new Counted(tcp::bytesRead, tcp::bytesWritten, tcp::roundTripTime);
			}
			return (connection instanceof RpcConnection rpc)
					? new Counted(rpc::bytesRead, rpc::bytesWritten, rpc::roundTripTime) : null;
		}

	}

}
