package io.persistentconn.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.persistentconn.concurrent.AsyncCloseable;

/**
 * The meters of one connection or server in one registry. They are taken out of it when
 * the connection or server is closed for good. May be used from any thread.
 */
final class MeterSet {

	private final MeterRegistry registry;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	private boolean removed;

	/**
	 * Creates an empty set.
	 * @param name the name of the connection or server
	 */
	MeterSet(MeterRegistry registry, String name) {
		this.registry = registry;
		this.tags = Tags.of("name", name);
	}

	MeterRegistry registry() {
		return this.registry;
	}

	/** The tags that all meters have in common. */
	Tags tags() {
		return this.tags;
	}

	/** Takes note of a meter that was registered. */
	synchronized <M extends Meter> M add(M meter) {
		if (this.removed) {
			this.registry.remove(meter);
		}
		else {
			this.meters.add(meter);
		}
		return meter;
	}

	/**
	 * Counts bytes.
	 * @param kind {@code connection} or {@code server}, which may have the same name
	 * @param source what knows the numbers
	 */
	<T> void addBytes(String kind, T source, ToDoubleFunction<T> received, ToDoubleFunction<T> sent) {
		addBytes(kind, "in", source, received);
		addBytes(kind, "out", source, sent);
	}

	private <T> void addBytes(String kind, String direction, T source, ToDoubleFunction<T> bytes) {
		add(FunctionCounter.builder("persistent.conn.bytes", source, bytes)
			.description("Bytes received and sent")
			.baseUnit("bytes")
			.tags(this.tags.and("kind", kind, "direction", direction))
			.register(this.registry));
	}

	void removeWhenClosed(AsyncCloseable closeable) {
		closeable.closeFinished().thenRun(this::remove);
	}

	synchronized void remove() {
		this.removed = true;
		this.meters.forEach(this.registry::remove);
		this.meters.clear();
	}

}
