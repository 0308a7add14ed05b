package io.persistentconn.autoconfigure.test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.server.ServersLifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Waits, when everything was started, for the outcome of the first attempts of the
 * connections, so that a test finds them established.
 */
public final class InMemoryConnectionsLifecycle implements SmartLifecycle {

	private static final long LONGEST_SECONDS = 10;

	private static final Logger logger = LoggerFactory.getLogger(InMemoryConnectionsLifecycle.class);

	private final InMemoryAddresses addresses;

	private final PersistentConnections connections;

	private final PersistentConnProperties properties;

	private volatile boolean running;

	/**
	 * Creates the wait.
	 * @param addresses know which connections lead to servers
	 * @param connections the connections
	 * @param properties say which of them start by themselves
	 */
	public InMemoryConnectionsLifecycle(InMemoryAddresses addresses, PersistentConnections connections,
			PersistentConnProperties properties) {
		this.addresses = addresses;
		this.connections = connections;
		this.properties = properties;
	}

	@Override
	public void start() {
		this.running = true;
		CompletableFuture<?>[] outcomes = this.properties.connections()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().autoStart() && this.addresses.connections().contains(entry.getKey()))
			.map((entry) -> this.connections.get(entry.getKey()).connectedOrFailedToConnect())
			.toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(outcomes).get(LONGEST_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			logger.debug("Not all connections were established at once", ex);
		}
		catch (TimeoutException ex) {
			logger.warn("Not all connections were tried within {} s", LONGEST_SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ServersLifecycle.PHASE + 1;
	}

}
