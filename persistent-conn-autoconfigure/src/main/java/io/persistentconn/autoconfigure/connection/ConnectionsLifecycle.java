package io.persistentconn.autoconfigure.connection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.versioned.ConnectionWithMenu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the connections with the application and pauses them when it stops, as often as
 * it does. Only the end of the context closes them, for they are beans.
 */
public final class ConnectionsLifecycle implements SmartLifecycle {

	/**
	 * Before servers, of this library and of the web, so that their handlers find
	 * connections; stopped after them.
	 */
	public static final int PHASE = DEFAULT_PHASE - 8192;

	private static final String REASON = "the application stops";

	private static final Logger logger = LoggerFactory.getLogger(ConnectionsLifecycle.class);

	private final PersistentConnections connections;

	private final PersistentConnProperties properties;

	/** Those that the last start started or resumed. */
	private final Set<String> started = new HashSet<>();

	/** Those that the last stop paused; none before the first. */
	private final Set<String> paused = new HashSet<>();

	private volatile boolean running;

	/**
	 * Creates the life of all connections.
	 * @param connections the connections
	 * @param properties say which start by themselves, and which must succeed
	 */
	public ConnectionsLifecycle(PersistentConnections connections, PersistentConnProperties properties) {
		this.connections = connections;
		this.properties = properties;
	}

	/**
	 * Starts those that start by themselves, and resumes those that were paused by
	 * {@link #stop}. Waits for the first outcome of those that must succeed.
	 * @throws FailFastConnectionException if one of these fails
	 */
	@Override
	public void start() {
		Map<String, CompletableFuture<?>> outcomes = new LinkedHashMap<>();
		this.connections.all().forEach((name, connection) -> {
			boolean starting = isAutoStart(name) && connection.status().phase() == Phase.NOT_STARTED;
			if (!starting && !this.paused.contains(name)) {
				return;
			}
			if (isFailFast(name)) {
				outcomes.put(name, connection.connectedOrFailedToConnect());
			}
			if (starting) {
				connection.start();
			}
			else {
				connection.resume();
			}
			this.started.add(name);
		});
		this.paused.clear();
		this.running = true;
		if (!outcomes.isEmpty()) {
			logger.info("Waiting for the first outcome of {}", outcomes.keySet());
		}
		outcomes.forEach(this::await);
	}

	private void await(String name, CompletableFuture<?> outcome) {
		try {
			outcome.get();
		}
		catch (ExecutionException ex) {
			throw new FailFastConnectionException(name, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new FailFastConnectionException(name, ex);
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		List<CompletableFuture<Void>> pauses = new ArrayList<>();
		this.connections.all().forEach((name, connection) -> {
			if (isActive(name, connection.status().phase())) {
				this.paused.add(name);
				pauses.add(CompletableFuture.completedFuture(null).thenCompose((begun) -> pause(connection)));
			}
		});
		this.started.clear();
		logger.debug("Pausing {} persistent connection(s)", pauses.size());
		this.running = false;
		CompletableFuture.allOf(pauses.toArray(CompletableFuture[]::new))
			.whenComplete((ignored, error) -> callback.run());
	}

	/** The peers of RPC connections hear why they are left. */
	private static CompletableFuture<Void> pause(PersistentConnection<?> connection) {
		connection.currentConnection().ifPresent((current) -> {
			if (current instanceof RpcConnection rpc) {
				rpc.closeAsync(REASON);
			}
			else if (current instanceof ConnectionWithMenu rpc) {
				rpc.connection().closeAsync(REASON);
			}
		});
		return connection.pause();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** What was just started may not say so yet. */
	private boolean isActive(String name, Phase phase) {
		return switch (phase) {
			case NOT_STARTED -> this.started.contains(name);
			case CONNECTING, CONNECTED -> true;
			case CLOSING, PAUSED, CLOSED -> false;
		};
	}

	private boolean isAutoStart(String name) {
		ConnectionProperties entry = this.properties.connections().get(name);
		return entry == null || entry.autoStart();
	}

	private boolean isFailFast(String name) {
		ConnectionProperties entry = this.properties.connections().get(name);
		return entry != null && entry.failFast();
	}

}
