package io.persistentconn.autoconfigure.properties;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything below {@code persistent-conn}, with the defaults already inherited by the
 * entries, and checked. Made by {@link PersistentConnPropertiesBinder}.
 *
 * @param enabled Whether connections and servers are configured at all.
 * @param netty event loops and sockets
 * @param defaults what the entries inherit
 * @param servers Servers by name.
 * @param connections Connections by name.
 * @param subscriptions Durable subscriptions by name.
 */
@ConfigurationProperties("persistent-conn")
public record PersistentConnProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue @NestedConfigurationProperty NettyProperties netty, @DefaultValue Defaults defaults,
		@DefaultValue Map<String, ServerProperties> servers,
		@DefaultValue Map<String, ConnectionProperties> connections,
		@DefaultValue Map<String, SubscriptionProperties> subscriptions) {

	/** Where all properties are: {@code persistent-conn}. */
	public static final String PREFIX = "persistent-conn";

	/**
	 * What is in effect for a subscription, which need not have an entry.
	 * @param name the name of the subscription
	 * @return its entry, or else the defaults
	 */
	public SubscriptionProperties subscription(String name) {
		return this.subscriptions.getOrDefault(name, this.defaults.subscription());
	}

	/**
	 * What every entry inherits, unless it says otherwise itself.
	 *
	 * @param connection for {@code persistent-conn.connections.*}
	 * @param server for {@code persistent-conn.servers.*}
	 * @param subscription for {@code persistent-conn.subscriptions.*}
	 */
	public record Defaults(@DefaultValue @NestedConfigurationProperty ConnectionProperties connection,
			@DefaultValue @NestedConfigurationProperty ServerProperties server,
			@DefaultValue @NestedConfigurationProperty SubscriptionProperties subscription) {
	}

}
