package io.persistentconn.autoconfigure.event;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.connection.ConnectionEvent;
import io.persistentconn.connection.PersistentConnection;

/**
 * Turns what a persistent connection tells its listeners into events of the application.
 */
final class ConnectionFeed {

	private final PersistentConnection<?> connection;

	private final Consumer<PersistentConnEvent> sink;

	private boolean connected;

	private boolean closed;

	private ConnectionFeed(PersistentConnection<?> connection, Consumer<PersistentConnEvent> sink) {
		this.connection = connection;
		this.sink = sink;
	}

	/**
	 * Begins to listen.
	 * @param sink takes the events, and must not block
	 * @return ends it
	 */
	static <C extends AsyncCloseable> Cancellable attach(PersistentConnection<C> connection,
			Consumer<PersistentConnEvent> sink) {
		ConnectionFeed feed = new ConnectionFeed(connection, sink);
		Cancellable listener = connection.addListener(feed::happened);
		CompletableFuture<Void> closed = connection.closeFinished();
		closed.thenRun(feed::closed);
		return () -> {
			listener.cancel();
			closed.cancel(false);
		};
	}

	private synchronized void happened(ConnectionEvent<?, ?> event) {
		this.sink.accept(translate(event));
		this.connected = event instanceof ConnectionEvent.Connected;
		if (this.closed) {
			reportClosed();
		}
	}

	/** Where the handler of an event is slow, a disconnect is still to be reported. */
	private synchronized void closed() {
		this.closed = true;
		if (!this.connected) {
			reportClosed();
		}
	}

	private void reportClosed() {
		this.connection.connectedOrFailedToConnect()
			.whenComplete((none, closedException) -> this.sink
				.accept(new PersistentConnectionEvent.Closed(this.connection, closedException.getCause())));
	}

	private PersistentConnectionEvent translate(ConnectionEvent<?, ?> event) {
		if (event instanceof ConnectionEvent.ObtainedAddress<?, ?> obtained) {
			return new PersistentConnectionEvent.ObtainedAddress(this.connection, obtained.address());
		}
		if (event instanceof ConnectionEvent.Connected<?, ?> connected) {
			return new PersistentConnectionEvent.Connected(this.connection, connected.address());
		}
		if (event instanceof ConnectionEvent.FailedToConnect<?, ?> failed) {
			return new PersistentConnectionEvent.FailedToConnect(this.connection, failed.attempt(), failed.error(),
					failed.nextAttemptIn());
		}
		if (event instanceof ConnectionEvent.Disconnected<?, ?> disconnected) {
			return new PersistentConnectionEvent.Disconnected(this.connection, disconnected.reason().orElse(null),
					disconnected.lifetime());
		}
		return new PersistentConnectionEvent.Attempting(this.connection);
	}

}
