package io.persistentconn.autoconfigure.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;

import org.springframework.beans.factory.DisposableBean;

/**
 * Meters of all persistent connections, by {@code name}. Those of a connection that is
 * closed for good are removed, and all of them with the application.
 */
public final class ConnectionMeters implements MeterBinder, DisposableBean {

	static final String PREFIX = "persistent.conn.connection.";

	private final PersistentConnections connections;

	private final List<MeterSet> sets = new CopyOnWriteArrayList<>();

	private final List<Cancellable> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Creates the binder.
	 * @param connections the connections
	 */
	public ConnectionMeters(PersistentConnections connections) {
		this.connections = connections;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.connections.all().values().forEach((connection) -> bind(connection, registry));
	}

	private <C extends AsyncCloseable> void bind(PersistentConnection<C> connection, MeterRegistry registry) {
		MeterSet meters = new MeterSet(registry, connection.name());
		this.sets.add(meters);
		meters.add(Gauge.builder(PREFIX + "up", connection, ConnectionMeters::up)
			.description("1 while there is a connection, else 0")
			.tags(meters.tags())
			.register(registry));
		addAttempts(meters, connection, "success", (source) -> source.status().connects());
		addAttempts(meters, connection, "failure", (source) -> source.status().failures());
		this.listeners.add(listen(connection, meters));
		meters.removeWhenClosed(connection);
	}

	@Override
	public void destroy() {
		this.listeners.forEach(Cancellable::cancel);
		this.sets.forEach(MeterSet::remove);
		this.listeners.clear();
		this.sets.clear();
	}

	private static double up(PersistentConnection<?> connection) {
		return (connection.status().phase() == Phase.CONNECTED) ? 1 : 0;
	}

	private static void addAttempts(MeterSet meters, PersistentConnection<?> connection, String outcome,
			ToDoubleFunction<PersistentConnection<?>> number) {
		meters.add(FunctionCounter.builder(PREFIX + "attempts", connection, number)
			.description("Attempts to connect")
			.tags(meters.tags().and("outcome", outcome))
			.register(meters.registry()));
	}

	private static void addRoundTripTime(MeterSet meters, ConnectionTraffic traffic) {
		meters.add(TimeGauge
			.builder(PREFIX + "rtt", traffic, TimeUnit.NANOSECONDS,
					(source) -> source.roundTripTime().map((time) -> (double) time.toNanos()).orElse(Double.NaN))
			.description("Time from this side to the peer and back")
			.tags(meters.tags())
			.register(meters.registry()));
	}

	/** What is measured of bytes is there once there is a connection that tells it. */
	private static <C extends AsyncCloseable> Cancellable listen(PersistentConnection<C> connection, MeterSet meters) {
		DisconnectMeters disconnects = new DisconnectMeters(meters);
		ConnectionTraffic traffic = new ConnectionTraffic();
		AtomicBoolean counted = new AtomicBoolean();
		AtomicBoolean timed = new AtomicBoolean();
		return connection.addListener((event) -> {
			disconnects.happened(event);
			if (traffic.happened(event) && counted.compareAndSet(false, true)) {
				meters.addBytes("connection", traffic, ConnectionTraffic::received, ConnectionTraffic::sent);
			}
			if (traffic.roundTripTime().isPresent() && timed.compareAndSet(false, true)) {
				addRoundTripTime(meters, traffic);
			}
		});
	}

}
