package io.persistentconn.autoconfigure.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.TcpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server: first it accepts no more, then those who are there may finish, but say
 * nothing new, and those who have not finished in time are closed. The clients of an RPC
 * server finish their calls, and are told why.
 */
final class ServerDrain {

	private static final Logger logger = LoggerFactory.getLogger(ServerDrain.class);

	private static final String REASON = "the server stops";

	/** Longer than any grace period, which ends the wait. */
	private static final Duration UNTIL_TOLD = Duration.ofDays(366);

	private final TcpServer<?, ?> server;

	private final Supplier<CompletableFuture<Void>> finish;

	private final Supplier<CompletableFuture<Void>> closeRest;

	private final Duration gracePeriod;

	private final Iterable<TcpServerDrainListener> listeners;

	private ServerDrain(TcpServer<?, ?> server, Supplier<CompletableFuture<Void>> finish,
			Supplier<CompletableFuture<Void>> closeRest, Duration gracePeriod,
			Iterable<TcpServerDrainListener> listeners) {
		this.server = server;
		this.finish = finish;
		this.closeRest = closeRest;
		this.gracePeriod = gracePeriod;
		this.listeners = listeners;
	}

	/**
	 * Prepares to stop a server.
	 * @param server a {@link TcpServer} or {@link RpcServer}
	 */
	static ServerDrain of(AsyncCloseable server, Duration gracePeriod, Iterable<TcpServerDrainListener> listeners) {
		TcpServer<?, ?> tcp = TcpServers.tcp(server);
		Supplier<CompletableFuture<Void>> closeAll = () -> tcp.stop(CloseExisting.YES);
		if (server instanceof RpcServer<?, ?> rpc) {
			// Those who have shaken hands meanwhile are told, too.
			return new ServerDrain(tcp, () -> rpc.closeConnections(REASON, UNTIL_TOLD),
					() -> rpc.closeConnections(REASON, Duration.ZERO).thenCompose((closed) -> closeAll.get()),
					gracePeriod, listeners);
		}
		return new ServerDrain(tcp, tcp::drain, closeAll, gracePeriod, listeners);
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
		return this.finish.get()
			.thenApply((drained) -> true)
			.completeOnTimeout(false, this.gracePeriod.toNanos(), TimeUnit.NANOSECONDS);
	}

	private CompletableFuture<Void> closeRest(boolean drained) {
		if (!drained) {
			logger.warn("Server {}: closes {} client(s) that did not finish within {}", this.server.name(),
					this.server.numConnections(), this.gracePeriod);
		}
		return this.closeRest.get();
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
