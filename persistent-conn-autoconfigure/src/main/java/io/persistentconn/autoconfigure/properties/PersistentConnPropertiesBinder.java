package io.persistentconn.autoconfigure.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Reads {@link PersistentConnProperties} from an environment: binds, lets the entries
 * inherit from the defaults, and checks.
 */
public final class PersistentConnPropertiesBinder {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName
		.of(PersistentConnProperties.PREFIX);

	private static final Pattern IN_BRACKETS = Pattern.compile("[^A-Za-z0-9-]");

	private PersistentConnPropertiesBinder() {
	}

	/**
	 * Reads the properties.
	 * @param environment what they are read from
	 * @return the properties that are in effect
	 * @throws org.springframework.boot.context.properties.bind.BindException if a value
	 * does not read as what it should be
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a value is not one of those expected
	 */
	public static PersistentConnProperties bind(Environment environment) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		ConfigurationPropertySources.get(environment).forEach(sources::add);
		List<ConfigurationPropertySource> chain = new ArrayList<>(sources);
		chain.add(new DefaultsSource(PREFIX.append("connections"), PREFIX.append("defaults.connection"), sources));
		chain.add(new DefaultsSource(PREFIX.append("servers"), PREFIX.append("defaults.server"), sources));
		chain.add(new DefaultsSource(PREFIX.append("subscriptions"), PREFIX.append("defaults.subscription"), sources));
		Binder binder = new Binder(chain, new PropertySourcesPlaceholdersResolver(environment),
				new PropertyConversions(), null);
		PersistentConnProperties bound = binder.bindOrCreate(PersistentConnProperties.PREFIX,
				PersistentConnProperties.class);
		PersistentConnProperties properties = new PersistentConnProperties(bound.enabled(), bound.netty(),
				bound.defaults(), distinct(bound.servers()), distinct(bound.connections()),
				distinct(bound.subscriptions()));
		PropertiesChecks.check(properties, new Lookup(chain, binder));
		return properties;
	}

	/**
	 * An environment variable cannot say {@code order-book}: its {@code orderbook} is the
	 * same entry, bound from the same properties. A name in brackets, which has other
	 * characters than letters and digits, it cannot say at all.
	 */
	private static <T> Map<String, T> distinct(Map<String, T> entries) {
		Map<String, String> names = new LinkedHashMap<>();
		entries.keySet()
			.forEach((name) -> names.merge(IN_BRACKETS.matcher(name).find() ? name : uniform(name), name,
					(one, other) -> (other.length() > one.length()) ? other : one));
		Map<String, T> distinct = new LinkedHashMap<>();
		names.values().forEach((name) -> distinct.put(name, entries.get(name)));
		return distinct;
	}

	private static String uniform(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

}
