package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.persistentconn.autoconfigure.PersistentConnEventsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnHealthAutoConfiguration;
import io.persistentconn.autoconfigure.health.PersistentConnHealthContributor;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SubscriptionHealthTests {

	private final ApplicationContextRunner runner = Applications.runner(DurableSubscriptionTests.BookReader.class)
		.withConfiguration(AutoConfigurations.of(PersistentConnEventsAutoConfiguration.class,
				PersistentConnHealthAutoConfiguration.class));

	@Test
	void isUpWhileEstablishedAndOutOfServiceWhileStopped() {
		this.runner.run((context) -> {
			NamedSubscription book = context.getBean(Subscriptions.class).get("book");
			await().atMost(News.LONG).until(() -> book.status().phase() == Phase.ESTABLISHED);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsOnlyKeys("state", "since", "lastUpdate")
				.containsEntry("state", Phase.ESTABLISHED)
				.containsEntry("lastUpdate", book.lastUpdate().orElseThrow())
				.containsEntry("since", book.status().since());
			context.getSourceApplicationContext().stop();
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void theGracePeriodIsHalfAMinuteUnlessThePropertiesSayOtherwise() {
		lostFor(Duration.ofSeconds(30).minusNanos(1), (health) -> assertThat(health.getStatus()).isEqualTo(Status.UP));
		lostFor(Duration.ofSeconds(30), (health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsOnlyKeys("state", "since", "lastUpdate", "attempts", "lastError")
				.containsEntry("state", Phase.RECOVERING);
		});
		lostFor(Duration.ofSeconds(3).minusNanos(1), (health) -> assertThat(health.getStatus()).isEqualTo(Status.UP),
				Applications.BOOK + "health.grace-period=3s");
		lostFor(Duration.ofSeconds(3), (health) -> assertThat(health.getStatus()).isEqualTo(Status.DOWN),
				Applications.BOOK + "health.grace-period=3s");
	}

	@Test
	void oneThatIsNotRequiredIsUpWhileLost() {
		lostFor(Duration.ofDays(1), (health) -> assertThat(health.getStatus()).isEqualTo(Status.UP),
				Applications.BOOK + "health.required=false");
	}

	@Test
	void oneThatIsNotIncludedIsLeftOut() {
		this.runner.withPropertyValues(Applications.BOOK + "health.include=false")
			.run((context) -> assertThat(subscriptions(context).stream()).isEmpty());
	}

	@Test
	void oneThatHasNotBegunIsUnknown() {
		// The application has a life of subscriptions of its own, which does nothing.
		this.runner.withUserConfiguration(OwnLifecycle.class)
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
	}

	/** The health of one that was lost so long ago. */
	private void lostFor(Duration lost, Consumer<Health> assertions, String... properties) {
		VirtualTimeSource clock = new VirtualTimeSource();
		this.runner.withPropertyValues(properties).withBean(TimeSource.class, () -> clock).run((context) -> {
			NamedSubscription book = context.getBean(Subscriptions.class).get("book");
			await().atMost(News.LONG).until(() -> book.status().phase() == Phase.ESTABLISHED);
			Applications.stopServer(context);
			await().atMost(News.LONG)
				.until(() -> book.status().phase() == Phase.RECOVERING && book.status().failuresInARow() > 0);
			clock.advanceBy(Duration.between(Instant.EPOCH, book.status().since()).plus(lost));
			assertions.accept(health(context));
		});
	}

	private static Health health(AssertableApplicationContext context) {
		return ((HealthIndicator) subscriptions(context).getContributor("book")).health();
	}

	private static CompositeHealthContributor subscriptions(AssertableApplicationContext context) {
		return (CompositeHealthContributor) context.getBean(PersistentConnHealthContributor.class)
			.getContributor("subscriptions");
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLifecycle {

		@Bean
		SubscriptionsLifecycle lifecycle(Environment environment, PersistentConnProperties properties,
				Subscriptions subscriptions) {
			return new SubscriptionsLifecycle(
					new Subscribers(new DefaultListableBeanFactory(), environment, properties, subscriptions));
		}

	}

}
