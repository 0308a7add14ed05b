package io.persistentconn.autoconfigure.minimal;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;

/**
 * What {@link SmallApplication} says of health, if there is such a thing.
 */
final class Health {

	private Health() {
	}

	static String status(ApplicationContext context) {
		CompositeHealthContributor health = context.getBean("persistentConnHealthContributor",
				CompositeHealthContributor.class);
		CompositeHealthContributor connections = (CompositeHealthContributor) health.getContributor("connections");
		return ((HealthIndicator) connections.getContributor("quotes")).health().getStatus().getCode();
	}

}
