package io.persistentconn.autoconfigure.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.TcpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server: first it accepts no more, then those who are there may finish, but say
 * nothing new, and those who have not finished in time are closed.
 */
final class ServerDrain {

	private static final Logger logger = LoggerFactory.getLogger(ServerDrain.class);

	private final TcpServer<?, ?> server;

	private final Duration gracePeriod;

	private final Iterable<TcpServerDrainListener> listeners;

	ServerDrain(TcpServer<?, ?> server, Duration gracePeriod, Iterable<TcpServerDrainListener> listeners) {
		this.server = server;
		this.gracePeriod = gracePeriod;
		this.listeners = listeners;
	}

	/** Fails only if the event loops are gone, and the clients with them. */
	CompletableFuture<Void> begin() {
		return CompletableFuture.completedFuture(null)
			.thenCompose((begun) -> this.server.stop(CloseExisting.NO))
			.thenCompose((stopped) -> drain())
			.thenCompose(this::closeRest);
	}

	private CompletableFuture<Boolean> drain() {
		logger.info("Server {}: accepts no more; {} client(s) may finish within {}", this.server.name(),
				this.server.numConnections(), this.gracePeriod);
		this.listeners.forEach(this::tell);
		return this.server.drain()
			.thenApply((drained) -> true)
			.completeOnTimeout(false, this.gracePeriod.toNanos(), TimeUnit.NANOSECONDS);
	}

	private CompletableFuture<Void> closeRest(boolean drained) {
		if (!drained) {
			logger.warn("Server {}: closes {} client(s) that did not finish within {}", this.server.name(),
					this.server.numConnections(), this.gracePeriod);
		}
		return this.server.stop(CloseExisting.YES);
	}

	private void tell(TcpServerDrainListener listener) {
		try {
			listener.draining(this.server, this.gracePeriod);
		}
		catch (RuntimeException ex) {
			logger.warn("Server {}: a drain listener failed", this.server.name(), ex);
		}
	}

}
