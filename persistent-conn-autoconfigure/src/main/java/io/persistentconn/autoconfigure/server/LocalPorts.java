package io.persistentconn.autoconfigure.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.persistentconn.tcp.TcpServer;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Publishes the ports that servers listen on, which the operating system may have chosen,
 * as {@code local.persistent-conn.<name>.port}.
 */
final class LocalPorts {

	private static final String SOURCE = "persistent-conn.local-ports";

	private final Environment environment;

	LocalPorts(Environment environment) {
		this.environment = environment;
	}

	void publish(TcpServer<?, ?> server) {
		if (server.listeningOn() instanceof Integer port
				&& this.environment instanceof ConfigurableEnvironment configurable) {
			ports(configurable.getPropertySources()).put("local.persistent-conn." + server.name() + ".port", port);
		}
	}

	/** The environment of a child context has the property sources of its parent. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> ports(MutablePropertySources sources) {
		PropertySource<?> present = sources.get(SOURCE);
		if (present != null) {
			return (Map<String, Object>) present.getSource();
		}
		Map<String, Object> ports = new ConcurrentHashMap<>();
		sources.addFirst(new MapPropertySource(SOURCE, ports));
		return ports;
	}

}
