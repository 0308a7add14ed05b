package io.persistentconn.autoconfigure.subscription;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.contract.RpcContractException;
import io.persistentconn.autoconfigure.contract.RpcContracts;
import io.persistentconn.autoconfigure.contract.RpcDefinition;
import io.persistentconn.autoconfigure.contract.SubscriberMethod;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.service.BeanMethod;
import io.persistentconn.autoconfigure.service.ServiceExecutor;
import io.persistentconn.autoconfigure.service.TargetClasses;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.durable.Durable;
import io.persistentconn.durable.DurablePipeRpc;
import io.persistentconn.durable.DurableStateRpc;
import io.persistentconn.durable.SubscriptionOptions;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.protocol.RpcId;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Finds the methods with {@link DurableSubscription @DurableSubscription} of all beans of
 * this context, once all of these are made.
 */
public final class Subscribers implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beans;

	private final Environment environment;

	private final PersistentConnProperties properties;

	private final Subscriptions subscriptions;

	private final Supplier<RpcContracts> contracts;

	private final List<Subscriber> subscribers = new ArrayList<>();

	/**
	 * Creates a finder that has not looked yet.
	 * @param beans have the methods, the codecs, and the {@link ServiceExecutor}
	 * @param environment resolves placeholders
	 * @param properties describe the subscriptions
	 * @param subscriptions where the subscriptions are added
	 */
	public Subscribers(ConfigurableListableBeanFactory beans, Environment environment,
			PersistentConnProperties properties, Subscriptions subscriptions) {
		this.beans = beans;
		this.environment = environment;
		this.properties = properties;
		this.subscriptions = subscriptions;
		this.contracts = SingletonSupplier.of(() -> new RpcContracts(beans));
	}

	/**
	 * Looks.
	 * @throws RpcContractException if a method cannot take what it is to subscribe to
	 */
	@Override
	public void afterSingletonsInstantiated() {
		TargetClasses.of(this.beans).forEach((bean, type) -> {
			if (this.beans.containsLocalBean(bean)
					&& AnnotationUtils.isCandidateClass(type, DurableSubscription.class)) {
				MethodIntrospector
					.selectMethods(type,
							(MetadataLookup<DurableSubscription>) (method) -> AnnotatedElementUtils
								.findMergedAnnotation(method, DurableSubscription.class))
					.forEach((method, annotation) -> add(bean, type, method, annotation));
			}
		});
	}

	/** All of them; there are no more once the application starts. */
	List<Subscriber> all() {
		return Collections.unmodifiableList(this.subscribers);
	}

	private void add(String bean, Class<?> type, Method method, DurableSubscription annotation) {
		String where = "The bean '" + bean + "', " + RpcContractException.describe(method);
		try {
			String rpc = resolve(annotation.rpc());
			SubscriberQuery query = query(annotation);
			SubscriberMethod contract = this.contracts.get()
				.subscriber(where, method, type, rpc, annotation.version(), query.type());
			boolean wantsSubscription = wantsSubscription(where, contract);
			BeanMethod invocable = new BeanMethod(this.beans.getBean(bean), method);
			for (String connection : connections(annotation)) {
				NamedSubscription subscription = this.subscriptions.add(name(annotation, rpc, connection), connection,
						RpcId.of(rpc, annotation.version()), true);
				SubscriberCalls calls = new SubscriberCalls(subscription.name(), invocable, contract.form(),
						executor(contract), wantsSubscription ? new Object[] { subscription } : new Object[0]);
				this.subscribers.add(new Subscriber(subscription, opener(contract.definition(), query), calls,
						this.properties.subscription(subscription.name()).resubscribeDelay()));
			}
		}
		catch (IllegalArgumentException ex) {
			throw new RpcContractException(where, String.valueOf(ex.getMessage()),
					"Let its @DurableSubscription have the names of connections with protocol: rpc, texts whose "
							+ "placeholders are known, at most one of query and queryBean, and a name of its own, "
							+ "with {connection} in it if there are several connections",
					ex);
		}
	}

	private static boolean wantsSubscription(String where, SubscriberMethod method) {
		if (!method.further().isEmpty() && !method.further().equals(List.of(NamedSubscription.class))) {
			throw new RpcContractException(where,
					"after the update it has parameters of the types "
							+ method.further().stream().map(Class::getName).collect(Collectors.joining(", ")),
					"Let nothing follow the update, or a NamedSubscription", null);
		}
		return !method.further().isEmpty();
	}

	private List<String> connections(DurableSubscription annotation) {
		List<String> connections = Arrays.stream(annotation.connection())
			.flatMap((text) -> Arrays.stream(StringUtils.tokenizeToStringArray(resolve(text), ",")))
			.toList();
		if (connections.isEmpty()) {
			throw new IllegalArgumentException("it has no connection");
		}
		return connections;
	}

	private String name(DurableSubscription annotation, String rpc, String connection) {
		return annotation.name().isEmpty() ? rpc : resolve(annotation.name()).replace("{connection}", connection);
	}

	private SubscriberQuery query(DurableSubscription annotation) {
		if (annotation.queryBean().isEmpty()) {
			return annotation.query().isEmpty() ? SubscriberQuery.unit()
					: SubscriberQuery.text(resolve(annotation.query()));
		}
		if (!annotation.query().isEmpty()) {
			throw new IllegalArgumentException("it has both a query and a queryBean");
		}
		return SubscriberQuery.bean(resolve(annotation.queryBean()), this.beans);
	}

	private String resolve(String text) {
		return this.environment.resolveRequiredPlaceholders(text);
	}

	/** Not made before there is a method that may block. */
	private Executor executor(SubscriberMethod method) {
		return method.form().isBlocking() ? this.beans.getBean(ServiceExecutor.class).get() : Runnable::run;
	}

	private static BiFunction<Durable<RpcConnection>, SubscriptionOptions, Pipe<Object>> opener(
			RpcDefinition definition, SubscriberQuery query) {
		if (definition instanceof RpcDefinition.State state) {
			return (durable, options) -> untyped(DurableStateRpc.create(durable,
					new QueryDispatcher<>(state.rpc(), query.arguments(), state.rpc()::dispatchIter), options));
		}
		RpcDefinition.Pipe pipe = (RpcDefinition.Pipe) definition;
		return (durable, options) -> untyped(DurablePipeRpc.create(durable,
				new QueryDispatcher<>(pipe.rpc(), query.arguments(), pipe.rpc()::dispatchIter), options));
	}

	@SuppressWarnings("unchecked") // it is only read from
	private static Pipe<Object> untyped(Pipe<?> pipe) {
		return (Pipe<Object>) pipe;
	}

}
