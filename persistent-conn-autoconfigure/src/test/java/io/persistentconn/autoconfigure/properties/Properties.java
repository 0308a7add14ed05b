package io.persistentconn.autoconfigure.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Properties as an application has them, without the application.
 */
final class Properties {

	private final ConfigurableEnvironment environment = new StandardEnvironment();

	private Properties() {
	}

	static Properties yaml(String... lines) {
		Properties properties = new Properties();
		ByteArrayResource resource = new ByteArrayResource(String.join("\n", lines).getBytes(StandardCharsets.UTF_8),
				"application.yaml");
		try {
			new YamlPropertySourceLoader().load("application.yaml", resource)
				.forEach(properties.environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	Properties env(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return this;
	}

	PersistentConnProperties bind() {
		ConfigurationPropertySources.attach(this.environment);
		return PersistentConnPropertiesBinder.bind(this.environment);
	}

}
