package io.persistentconn.autoconfigure.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.tcp.TcpServer;

import org.springframework.beans.factory.DisposableBean;

/**
 * Meters of all servers, by {@code name}: as many whether there are ten clients or ten
 * thousand. Those of a server that is closed for good are removed, and all of them with
 * the application.
 */
public final class ServerMeters implements MeterBinder, DisposableBean {

	private static final String PREFIX = "persistent.conn.server.";

	private final TcpServers servers;

	private final List<MeterSet> sets = new CopyOnWriteArrayList<>();

	/**
	 * Creates the binder.
	 * @param servers the servers
	 */
	public ServerMeters(TcpServers servers) {
		this.servers = servers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.servers.all().values().forEach((server) -> bind(server, registry));
	}

	private void bind(TcpServer<?, ?> server, MeterRegistry registry) {
		MeterSet meters = new MeterSet(registry, server.name());
		this.sets.add(meters);
		addGauge(meters, server, "connections", "Clients that are connected", TcpServer::numConnections);
		addGauge(meters, server, "connections.max", "Clients that may be connected", TcpServer::maxConnections);
		addCounter(meters, server, "accepted", "Clients accepted in order to be handled",
				(source) -> source.counters().accepted());
		addCounter(meters, server, "rejected", "Clients accepted and closed at once",
				(source) -> source.counters().rejected());
		addCounter(meters, server, "handler.errors", "Handlers that failed",
				(source) -> source.counters().handlerErrors());
		meters.addBytes("server", server, TcpServer::bytesRead, TcpServer::bytesWritten);
		meters.removeWhenClosed(server);
	}

	@Override
	public void destroy() {
		this.sets.forEach(MeterSet::remove);
		this.sets.clear();
	}

	private static void addGauge(MeterSet meters, TcpServer<?, ?> server, String name, String description,
			ToDoubleFunction<TcpServer<?, ?>> value) {
		meters.add(Gauge.builder(PREFIX + name, server, value)
			.description(description)
			.tags(meters.tags())
			.register(meters.registry()));
	}

	private static void addCounter(MeterSet meters, TcpServer<?, ?> server, String name, String description,
			ToDoubleFunction<TcpServer<?, ?>> value) {
		meters.add(FunctionCounter.builder(PREFIX + name, server, value)
			.description(description)
			.tags(meters.tags())
			.register(meters.registry()));
	}

}
