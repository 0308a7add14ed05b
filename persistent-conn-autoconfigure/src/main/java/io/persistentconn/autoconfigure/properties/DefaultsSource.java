package io.persistentconn.autoconfigure.properties;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * What an entry inherits: answers for {@code entries.<name>.x} with {@code defaults.x}.
 * To be asked after all other sources. What it answers is the property that is really
 * there, with its own name and origin.
 */
final class DefaultsSource implements ConfigurationPropertySource {

	private final ConfigurationPropertyName entries;

	private final ConfigurationPropertyName defaults;

	private final List<ConfigurationPropertySource> sources;

	DefaultsSource(ConfigurationPropertyName entries, ConfigurationPropertyName defaults,
			List<ConfigurationPropertySource> sources) {
		this.entries = entries;
		this.defaults = defaults;
		this.sources = sources;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		if (!this.entries.isAncestorOf(name)) {
			return null;
		}
		ConfigurationPropertyName inherited = inherited(name);
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(inherited);
			if (property != null) {
				return property;
			}
		}
		// An entry of which no key is known would be left out without a word.
		return inherited.equals(this.defaults.append("protocol")) ? new ConfigurationProperty(name, "tcp", null) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (!this.entries.isAncestorOf(name)) {
			return ConfigurationPropertyState.ABSENT;
		}
		ConfigurationPropertyName inherited = inherited(name);
		ConfigurationPropertyState result = ConfigurationPropertyState.ABSENT;
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationPropertyState state = source.containsDescendantOf(inherited);
			if (state == ConfigurationPropertyState.PRESENT) {
				return state;
			}
			result = (state == ConfigurationPropertyState.UNKNOWN) ? state : result;
		}
		return result;
	}

	private ConfigurationPropertyName inherited(ConfigurationPropertyName name) {
		int nameOfEntry = this.entries.getNumberOfElements();
		return this.defaults.append(name.subName(nameOfEntry + 1));
	}

}
