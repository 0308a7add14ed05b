package io.persistentconn.sample;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Fleet vitals. Each instance serves its own vitals over TCP, watches those of all nodes
 * in {@code fleet.nodes}, and shows them on a page.
 */
@SpringBootApplication
@EnableScheduling
@Import(FleetNodes.class)
public class FleetApplication {

	/**
	 * Starts an instance.
	 * @param args Spring Boot's, such as {@code --fleet.nodes=localhost:7070}
	 */
	public static void main(String[] args) {
		SpringApplication.run(FleetApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
