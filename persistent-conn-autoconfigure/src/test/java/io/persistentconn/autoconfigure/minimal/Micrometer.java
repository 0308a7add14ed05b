package io.persistentconn.autoconfigure.minimal;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.ApplicationContext;

/**
 * What {@link SmallApplication} says of meters, if there is a Micrometer.
 */
final class Micrometer {

	private Micrometer() {
	}

	static double meters(ApplicationContext context) {
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		return registry.get("persistent.conn.connection.up").tag("name", "quotes").gauge().value();
	}

}
