package io.persistentconn.autoconfigure.properties;

import java.util.List;
import java.util.Optional;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;

/**
 * Looks up what was written, and where, for those who must read that it is wrong.
 */
record Lookup(List<ConfigurationPropertySource> sources, Binder binder) {

	/** The value as it was written, with its placeholders resolved. */
	Optional<String> value(ConfigurationPropertyName name) {
		return Optional.ofNullable(this.binder.bind(name, Bindable.of(String.class)).orElse(null));
	}

	/** Whether the entry says this itself, and does not inherit it. */
	boolean isOwn(ConfigurationPropertyName name) {
		return this.sources.stream()
			.anyMatch((source) -> !(source instanceof DefaultsSource) && source.getConfigurationProperty(name) != null);
	}

	/** The key as it was written and where that was, if it was written differently. */
	Optional<String> otherOrigin(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return (property.getOrigin() instanceof PropertySourceOrigin written
						&& !written.getPropertyName().equals(name.toString())) ? Optional.of(describe(written))
								: Optional.empty();
			}
		}
		return Optional.empty();
	}

	private static String describe(PropertySourceOrigin written) {
		Origin place = written.getOrigin();
		return "'" + written.getPropertyName() + "' in "
				+ ((place != null) ? place.toString() : written.getPropertySource().getName());
	}

}
