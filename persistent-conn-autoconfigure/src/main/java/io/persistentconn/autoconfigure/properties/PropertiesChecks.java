package io.persistentconn.autoconfigure.properties;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What the properties may be: each entry by itself, and all together.
 */
final class PropertiesChecks {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName
		.of(PersistentConnProperties.PREFIX);

	private static final Pattern SIMPLE_NAME = Pattern.compile("[a-zA-Z0-9_-]+");

	private PropertiesChecks() {
	}

	static void check(PersistentConnProperties properties, Lookup lookup) {
		new EntryChecks(PREFIX.append("netty"), lookup).atLeast("event-loop-threads", 0,
				properties.netty().eventLoopThreads());
		properties.connections()
			.forEach((name, connection) -> ConnectionChecks
				.check(new EntryChecks(PREFIX.append("connections").append(element(name)), lookup), connection));
		SubscriptionChecks.check(new EntryChecks(PREFIX.append("defaults.subscription"), lookup),
				properties.defaults().subscription());
		properties.subscriptions()
			.forEach((name, subscription) -> SubscriptionChecks
				.check(new EntryChecks(PREFIX.append("subscriptions").append(element(name)), lookup), subscription));
		Map<Object, String> places = new HashMap<>();
		properties.servers()
			.forEach((name, server) -> ServerChecks.check(name,
					new EntryChecks(PREFIX.append("servers").append(element(name)), lookup), server, places));
	}

	/** The name of an entry as part of the name of a property. */
	private static ConfigurationPropertyName element(String name) {
		return SIMPLE_NAME.matcher(name).matches() ? ConfigurationPropertyName.adapt(name, '.')
				: ConfigurationPropertyName.of("[" + name + "]");
	}

}
