package io.persistentconn.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.autoconfigure.subscription.SubscriptionListener;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.durable.SubscriptionStatus.Phase;

import org.springframework.beans.factory.DisposableBean;

/**
 * Meters of all durable subscriptions, by {@code name}. Those of a subscription that is
 * closed for good are removed, and all of them with the application.
 */
public final class SubscriptionMeters implements MeterBinder, DisposableBean {

	private static final String PREFIX = "persistent.conn.subscription.";

	private final Subscriptions subscriptions;

	private final List<InRegistry> registries = new ArrayList<>();

	private final List<Cancellable> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Creates the binder.
	 * @param subscriptions the subscriptions
	 */
	public SubscriptionMeters(Subscriptions subscriptions) {
		this.subscriptions = subscriptions;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		InRegistry meters = new InRegistry(registry);
		this.registries.add(meters);
		this.listeners.add(this.subscriptions.addListener(meters));
	}

	@Override
	public void destroy() {
		this.listeners.forEach(Cancellable::cancel);
		this.registries.forEach(InRegistry::removeAll);
		this.listeners.clear();
		this.registries.clear();
	}

	/**
	 * The meters in one registry.
	 */
	private static final class InRegistry implements SubscriptionListener {

		private final MeterRegistry registry;

		private final Map<NamedSubscription, MeterSet> sets = new ConcurrentHashMap<>();

		InRegistry(MeterRegistry registry) {
			this.registry = registry;
		}

		@Override
		public void added(NamedSubscription subscription) {
			MeterSet meters = new MeterSet(this.registry, subscription.name());
			this.sets.put(subscription, meters);
			meters.add(Gauge.builder(PREFIX + "up", subscription, InRegistry::up)
				.description("1 while updates come, else 0")
				.tags(meters.tags())
				.register(this.registry));
			meters.add(TimeGauge.builder(PREFIX + "age", subscription, TimeUnit.NANOSECONDS, InRegistry::age)
				.description("Time since a state or an update came last")
				.tags(meters.tags())
				.register(this.registry));
			meters.add(FunctionCounter.builder(PREFIX + "recoveries", subscription, NamedSubscription::recoveries)
				.description("Subscriptions that were lost and established again")
				.tags(meters.tags())
				.register(this.registry));
		}

		@Override
		public void removed(NamedSubscription subscription) {
			MeterSet meters = this.sets.remove(subscription);
			if (meters != null) {
				meters.remove();
			}
		}

		void removeAll() {
			this.sets.values().forEach(MeterSet::remove);
		}

		private static double up(NamedSubscription subscription) {
			return (subscription.status().phase() == Phase.ESTABLISHED) ? 1 : 0;
		}

		private static double age(NamedSubscription subscription) {
			return subscription.age().map((age) -> (double) age.toNanos()).orElse(Double.NaN);
		}

	}

}
