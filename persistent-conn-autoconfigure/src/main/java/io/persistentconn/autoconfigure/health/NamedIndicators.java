package io.persistentconn.autoconfigure.health;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/**
 * Health indicators that are looked up whenever health is asked for, so that nothing is
 * made before it is needed.
 */
final class NamedIndicators implements CompositeHealthContributor {

	private final Supplier<? extends Map<String, ? extends HealthContributor>> indicators;

	NamedIndicators(Supplier<? extends Map<String, ? extends HealthContributor>> indicators) {
		this.indicators = indicators;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.indicators.get().get(name);
	}

	@Override
	public Stream<Entry> stream() {
		return this.indicators.get().entrySet().stream().map((entry) -> new Entry(entry.getKey(), entry.getValue()));
	}

}
