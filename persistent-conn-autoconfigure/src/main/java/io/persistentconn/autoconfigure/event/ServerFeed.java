package io.persistentconn.autoconfigure.event;

import java.util.function.Consumer;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpServerEvent;

/**
 * Turns what a server tells its listeners into events of the application. A server that
 * was told to stop while it has clients drains first.
 */
final class ServerFeed {

	private final TcpServer<?, ?> server;

	private final Consumer<PersistentConnEvent> sink;

	private final Cancellable listener;

	private boolean draining;

	/**
	 * Begins to listen.
	 * @param sink takes the events, and must not block
	 */
	ServerFeed(TcpServer<?, ?> server, Consumer<PersistentConnEvent> sink) {
		this.server = server;
		this.sink = sink;
		this.listener = server.addListener(this::happened);
	}

	void cancel() {
		this.listener.cancel();
	}

	/** Whoever is still there, there will be no more waiting for it. */
	synchronized void endDraining() {
		if (this.draining) {
			this.draining = false;
			this.sink.accept(new ServerEvent.Stopped(this.server, null));
		}
	}

	private synchronized void happened(TcpServerEvent event) {
		if (event instanceof TcpServerEvent.Listening listening) {
			endDraining();
			this.sink.accept(new ServerEvent.Listening(this.server, listening.address()));
		}
		else if (event instanceof TcpServerEvent.Stopped stopped) {
			stopped(stopped);
		}
		else if (event instanceof TcpServerEvent.LimitReached limit) {
			this.sink.accept(new ServerEvent.LimitReached(this.server, limit.maxConnections()));
		}
		else if (event instanceof TcpServerEvent.HandlerFailed failed) {
			this.sink.accept(new ServerEvent.HandlerFailed(this.server, failed.client(), failed.error()));
		}
	}

	private void stopped(TcpServerEvent.Stopped stopped) {
		int connections = this.server.numConnections();
		if (connections == 0 || stopped.error() != null) {
			this.sink.accept(new ServerEvent.Stopped(this.server, stopped.error()));
			return;
		}
		this.draining = true;
		this.sink.accept(new ServerEvent.Draining(this.server, connections));
		this.server.noConnections().thenRun(this::endDraining);
	}

}
