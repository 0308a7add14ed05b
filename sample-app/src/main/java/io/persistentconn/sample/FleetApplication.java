package io.persistentconn.sample;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Fleet vitals. Each instance offers its own vitals over RPC, subscribes to those of all
 * nodes in {@code fleet.nodes}, and shows them on a page.
 */
@SpringBootApplication
@EnableScheduling
public class FleetApplication {

	/**
	 * Starts an instance.
	 * @param args Spring Boot's, such as {@code --fleet.nodes=localhost:7070}
	 */
	public static void main(String[] args) {
		start(args);
	}

	static ConfigurableApplicationContext start(String... args) {
		SpringApplication application = new SpringApplication(FleetApplication.class);
		application.addInitializers(new FleetNodes());
		return application.run(args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
