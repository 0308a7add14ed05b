package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.persistentconn.autoconfigure.PersistentConnEndpointAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnEventsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnMetricsAutoConfiguration;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint.Action;
import io.persistentconn.autoconfigure.endpoint.PersistentConnEndpoint.Kind;
import io.persistentconn.autoconfigure.endpoint.SubscriptionDescriptor;
import io.persistentconn.autoconfigure.event.PersistentConnEventPublisher;
import io.persistentconn.autoconfigure.event.RecentEvents;
import io.persistentconn.autoconfigure.event.RecentEvents.RecentEvent;
import io.persistentconn.autoconfigure.event.SubscriptionEvent;
import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Events, meters and the endpoint.
 */
class SubscriptionWatchingTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = Applications.runner(DurableSubscriptionTests.BookReader.class)
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, PersistentConnEventsAutoConfiguration.class,
				PersistentConnMetricsAutoConfiguration.class, PersistentConnEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=persistentconn")
		.withBean(MeterRegistry.class, () -> this.registry)
		.withBean(Listener.class);

	@Test
	void listenersHearInOrderAndOffTheEventLoop() {
		this.runner.run((context) -> {
			Listener listener = context.getBean(Listener.class);
			await().atMost(News.LONG).until(() -> listener.names().equals(List.of("Established")));
			Applications.stopServer(context);
			await().atMost(News.LONG).until(() -> listener.heard.size() == 2);
			Applications.startServer(context);
			await().atMost(News.LONG).until(() -> listener.heard.size() == 3);
			context.getBean(Subscriptions.class).get("book").close();
			await().atMost(News.LONG).until(() -> listener.heard.size() == 4);
			assertThat(listener.names()).containsExactly("Established", "Lost", "Recovered", "Closed");
			assertThat(listener.heard).extracting(SubscriptionEvent::name).containsOnly("book");
			assertThat(listener.heard.get(0)).hasToString("Established[book]");
			assertThat(listener.heard.get(1)).isInstanceOfSatisfying(SubscriptionEvent.Lost.class, (lost) -> {
				assertThat(lost.reason()).get().asString().contains("ConnectionClosed");
				assertThat(lost.lifetime()).isPositive();
				assertThat(lost.subscription().rpc().name()).isEqualTo("book");
			});
			assertThat(listener.heard.get(2)).isInstanceOfSatisfying(SubscriptionEvent.Recovered.class,
					(recovered) -> assertThat(recovered.lostFor()).isPositive());
			assertThat(listener.onLoop).isFalse();
		});
	}

	@Test
	void whatHappensWhenTheApplicationStopsIsStillHeard() {
		Listener listener = new Listener();
		this.runner.withBean("heard", Listener.class, () -> listener)
			.run((context) -> await().atMost(News.LONG).until(() -> listener.heard.size() == 1));
		assertThat(listener.names()).startsWith("Established").endsWith("Closed");
	}

	@Test
	void aSubscriptionIsMeasuredThroughLossAndRecoveryAndRestart() {
		this.runner.run((context) -> {
			await().atMost(News.LONG).until(() -> up("book") == 1);
			assertThat(recoveries("book")).isZero();
			Applications.stopServer(context);
			await().atMost(News.LONG).until(() -> up("book") == 0);
			Applications.startServer(context);
			await().atMost(News.LONG).until(() -> up("book") == 1);
			assertThat(recoveries("book")).isOne();
			context.getSourceApplicationContext().stop();
			assertThat(up("book")).isZero();
			assertThat(recoveries("book")).isOne();
			context.getSourceApplicationContext().start();
			await().atMost(News.LONG).until(() -> up("book") == 1);
			assertThat(recoveries("book")).isOne();
		});
		assertThat(this.registry.getMeters()).noneMatch((meter) -> meter.getId().getName().contains("subscription"));
	}

	@Test
	void theAgeIsThatOfTheLastStateOrUpdate() {
		this.runner.withPropertyValues(Applications.LATE).run((context) -> {
			NamedSubscription book = context.getBean(Subscriptions.class).get("book");
			assertThat(age().value()).isNaN();
			assertThat(book(context).lastUpdate()).isNull();
			Applications.connect(context);
			await().atMost(News.LONG).until(() -> book.lastUpdate().isPresent());
			Instant ofState = book.lastUpdate().orElseThrow();
			Applications.service(context).change(1);
			await().atMost(News.LONG).until(() -> book.lastUpdate().orElseThrow().isAfter(ofState));
			Instant ofUpdate = book.lastUpdate().orElseThrow();
			Applications.stopServer(context);
			await().atMost(News.LONG).until(() -> book.status().failuresInARow() > 0);
			assertThat(book(context).lastUpdate()).as("the loss is no update").isEqualTo(ofUpdate);
			double before = seconds(book.age());
			double measured = age().value(TimeUnit.SECONDS);
			assertThat(measured).isBetween(before, seconds(book.age()));
			Applications.startServer(context);
			await().atMost(News.LONG).until(() -> book.lastUpdate().orElseThrow().isAfter(ofUpdate));
		});
	}

	@Test
	void streamsOfTheApplicationHaveMetersUntilTheyAreClosed() {
		this.runner.run((context) -> {
			Pipe<?> stream = SubscriptionsTests.subscribe(context, "mine");
			await().atMost(News.LONG).until(() -> up("mine") == 1);
			stream.close();
			await().atMost(News.LONG)
				.until(() -> this.registry.find("persistent.conn.subscription.up").tag("name", "mine").gauge() == null);
			assertThat(this.registry.find("persistent.conn.subscription.recoveries").functionCounters()).hasSize(1);
			assertThat(this.registry.find("persistent.conn.subscription.age").timeGauges()).hasSize(1);
			SubscriptionsTests.subscribe(context, "mine");
			await().atMost(News.LONG).until(() -> up("mine") == 1);
		});
	}

	@Test
	void theEndpointShowsSubscriptions() {
		this.runner.run((context) -> {
			await().atMost(News.LONG).until(() -> book(context).state() == Phase.ESTABLISHED);
			Applications.stopServer(context);
			await().atMost(News.LONG).until(() -> book(context).attempts() > 0);
			assertThat(book(context).state()).isEqualTo(Phase.RECOVERING);
			assertThat(book(context).lastError()).isNotNull();
			Applications.startServer(context);
			await().atMost(News.LONG).until(() -> book(context).recoveries() == 1);
			context.getBean(PersistentConnEventPublisher.class).delivered().join();
			SubscriptionDescriptor book = book(context);
			assertThat(book.connection()).isEqualTo("quotes");
			assertThat(book.rpc()).isEqualTo("book v1");
			assertThat(book.lastError()).isNull();
			assertThat(book.recentEvents()).extracting(RecentEvent::event)
				.satisfiesExactly((event) -> assertThat(event).isEqualTo("Established[book]"),
						(event) -> assertThat(event).startsWith("Lost[book, "),
						(event) -> assertThat(event).startsWith("Recovered[book, after "));
		});
	}

	@Test
	void theEndpointClosesSubscriptionsForGood() {
		this.runner.run((context) -> {
			PersistentConnEndpoint endpoint = context.getBean(PersistentConnEndpoint.class);
			NamedSubscription book = context.getBean(Subscriptions.class).get("book");
			await().atMost(News.LONG).until(() -> book(context).state() == Phase.ESTABLISHED);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.perform(Kind.SUBSCRIPTIONS, "orders", Action.CLOSE, null))
				.withMessage("name: \"orders\" (expected: one of [book])");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.perform(Kind.SUBSCRIPTIONS, "book", Action.RECONNECT, null))
				.withMessageContaining("RECONNECT is not for SUBSCRIPTIONS");
			endpoint.perform(Kind.SUBSCRIPTIONS, "book", Action.CLOSE, null);
			assertThat(book.isClosed()).isTrue();
			await().atMost(News.LONG).until(() -> Applications.service(context).subscribers() == 0);
			await().atMost(News.LONG).until(() -> endpoint.overview().subscriptions().isEmpty());
			assertThat(book.connection().isClosed()).isFalse();
		});
	}

	@Test
	void nothingIsKeptOfStreamsThatTheApplicationHasClosed() {
		this.runner.run((context) -> {
			Pipe<?> stream = SubscriptionsTests.subscribe(context, "mine");
			NamedSubscription mine = context.getBean(Subscriptions.class).get("mine");
			RecentEvents events = context.getBean(RecentEvents.class);
			await().atMost(News.LONG).until(() -> events.of(mine).size() == 1);
			stream.close();
			await().atMost(News.LONG).until(() -> events.of(mine).isEmpty());
			assertThat(context.getBean(PersistentConnEndpoint.class).overview().subscriptions())
				.containsOnlyKeys("book");
		});
	}

	private static SubscriptionDescriptor book(AssertableApplicationContext context) {
		return context.getBean(PersistentConnEndpoint.class).overview().subscriptions().get("book");
	}

	private double up(String name) {
		return this.registry.get("persistent.conn.subscription.up").tag("name", name).gauge().value();
	}

	private TimeGauge age() {
		return this.registry.get("persistent.conn.subscription.age").tag("name", "book").timeGauge();
	}

	private static double seconds(Optional<Duration> age) {
		return age.orElseThrow().toNanos() / 1e9;
	}

	private double recoveries(String name) {
		return this.registry.get("persistent.conn.subscription.recoveries").tag("name", name).functionCounter().count();
	}

	static class Listener {

		final List<SubscriptionEvent> heard = new CopyOnWriteArrayList<>();

		volatile boolean onLoop;

		@EventListener
		void on(SubscriptionEvent event) {
			this.onLoop |= Thread.currentThread() instanceof NonBlockingThread;
			this.heard.add(event);
		}

		List<String> names() {
			return this.heard.stream().map((event) -> event.getClass().getSimpleName()).toList();
		}

	}

}
