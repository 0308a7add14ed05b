package io.persistentconn.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes an entry below {@code persistent-conn.connections} of each of
 * {@code fleet.nodes}, so that the command line can list them shortly. All else they
 * inherit from {@code persistent-conn.defaults.connection}.
 * <p>
 * Connections that are known beforehand need no code: they are such entries in
 * {@code application.yml}.
 */
final class FleetNodes implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		List<String> nodes = Binder.get(environment).bind("fleet.nodes", Bindable.listOf(String.class)).get();
		Map<String, Object> entries = new LinkedHashMap<>();
		for (String node : nodes) {
			entries.put("persistent-conn.connections[" + node + "].addresses", node);
		}
		environment.getPropertySources().addLast(new MapPropertySource("fleet.nodes", entries));
	}

}
