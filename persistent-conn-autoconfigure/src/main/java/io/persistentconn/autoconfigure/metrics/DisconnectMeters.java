package io.persistentconn.autoconfigure.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.persistentconn.connection.ConnectionEvent;

/**
 * Meters of lost and closed connections. All series are there from the beginning, so that
 * the first loss is an increase.
 */
final class DisconnectMeters {

	private final Map<DisconnectReason, Counter> counters = new EnumMap<>(DisconnectReason.class);

	private final Timer lifetime;

	DisconnectMeters(MeterSet meters) {
		for (DisconnectReason reason : DisconnectReason.values()) {
			this.counters.put(reason,
					meters.add(Counter.builder(ConnectionMeters.PREFIX + "disconnects")
						.description("Connections that were lost or closed")
						.tags(meters.tags().and("reason", reason.tag()))
						.register(meters.registry())));
		}
		this.lifetime = meters.add(Timer.builder(ConnectionMeters.PREFIX + "lifetime")
			.description("How long connections were there")
			.tags(meters.tags())
			.register(meters.registry()));
	}

	void happened(ConnectionEvent<?, ?> event) {
		if (event instanceof ConnectionEvent.Disconnected<?, ?> disconnected) {
			DisconnectReason reason = DisconnectReason.of(disconnected.reason().orElse(null));
			Objects.requireNonNull(this.counters.get(reason)).increment();
			this.lifetime.record(disconnected.lifetime());
		}
	}

}
