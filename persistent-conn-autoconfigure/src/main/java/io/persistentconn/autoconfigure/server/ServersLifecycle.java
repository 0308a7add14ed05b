package io.persistentconn.autoconfigure.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.persistentconn.autoconfigure.netty.SocketAddresses;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.ServerProperties;
import io.persistentconn.tcp.TcpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Lets the servers listen when the application starts, and drains them when it stops, as
 * often as it does. Only the end of the context closes them, for they are beans.
 */
public final class ServersLifecycle implements SmartLifecycle {

	/**
	 * After connections, which handlers may need, and before web servers; stopped between
	 * them.
	 */
	public static final int PHASE = DEFAULT_PHASE - 4096;

	private static final Logger logger = LoggerFactory.getLogger(ServersLifecycle.class);

	private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration DEFAULT_PHASE_TIMEOUT = Duration.ofSeconds(30);

	private final TcpServers servers;

	private final PersistentConnProperties properties;

	private final Duration phaseTimeout;

	private final LocalPorts ports;

	private final Iterable<TcpServerDrainListener> drainListeners;

	private final KeepAliveThread keepAlive = new KeepAliveThread();

	private volatile boolean running;

	/**
	 * Creates the life of all servers.
	 * @param servers the servers
	 * @param properties say how long they may drain
	 * @param environment where the ports are published, and which knows how long a phase
	 * may take
	 * @param drainListeners told when a server drains
	 */
	public ServersLifecycle(TcpServers servers, PersistentConnProperties properties, Environment environment,
			Iterable<TcpServerDrainListener> drainListeners) {
		this.servers = servers;
		this.properties = properties;
		this.phaseTimeout = Binder.get(environment).bind(PHASE_TIMEOUT, Duration.class).orElse(DEFAULT_PHASE_TIMEOUT);
		this.ports = new LocalPorts(environment);
		this.drainListeners = drainListeners;
	}

	/**
	 * Starts all servers that are not closed, and waits until they listen.
	 * @throws ServerStartException if one of them cannot
	 */
	@Override
	public void start() {
		Map<TcpServer<?, ?>, CompletableFuture<?>> starts = new LinkedHashMap<>();
		this.running = true;
		this.servers.all().values().stream().filter((server) -> !server.isClosed()).forEach((server) -> {
			warnOfLongGracePeriod(server);
			starts.put(server, server.start());
		});
		starts.forEach(this::await);
		if (!starts.isEmpty()) {
			this.keepAlive.start();
		}
	}

	private void await(TcpServer<?, ?> server, CompletableFuture<?> start) {
		try {
			start.get();
		}
		catch (ExecutionException ex) {
			throw new ServerStartException(server.name(), (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ServerStartException(server.name(), ex);
		}
		this.ports.publish(server);
		logger.info("Server {}: listening on {}", server.name(), SocketAddresses.format(server.listeningOnAddress()));
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		List<CompletableFuture<Void>> stops = this.servers.beans()
			.stream()
			.filter((server) -> !server.isClosed())
			.map((server) -> ServerDrain.of(server, gracePeriod(TcpServers.tcp(server)), this.drainListeners).begin())
			.toList();
		CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new)).whenComplete((stopped, error) -> {
			this.keepAlive.stop();
			callback.run();
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private Duration gracePeriod(TcpServer<?, ?> server) {
		return this.properties.servers()
			.getOrDefault(server.name(), this.properties.defaults().server())
			.shutdown()
			.gracePeriod();
	}

	private void warnOfLongGracePeriod(TcpServer<?, ?> server) {
		Duration gracePeriod = gracePeriod(server);
		if (gracePeriod.compareTo(this.phaseTimeout) > 0) {
			logger.warn("Server {}: the grace period of {} is cut short by {}, which is {}", server.name(), gracePeriod,
					PHASE_TIMEOUT, this.phaseTimeout);
		}
	}

}
