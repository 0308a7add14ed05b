package io.persistentconn.autoconfigure.aot;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.beans.BeanTypes;
import io.persistentconn.autoconfigure.contract.RpcContracts;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Tells a native image of the types that clients, services and subscriptions write and
 * read. That annotated methods are called by reflection, Spring sees by itself: their
 * annotations are {@code @Reflective}.
 */
final class RpcPayloadsAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Type[] payloads = payloads(bean).toArray(Type[]::new);
		return (payloads.length == 0) ? null
				: (generation, code) -> BinCodecHints.register(generation.getRuntimeHints().reflection(), payloads);
	}

	private static Set<Type> payloads(RegisteredBean bean) {
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		Set<Type> payloads = new LinkedHashSet<>();
		RpcContracts contracts = RpcContracts.telling(payloads::add);
		if (RpcClientAotProcessor.isClient(bean)) {
			contracts.client(type);
		}
		else if (AnnotatedElementUtils.hasAnnotation(type, RpcService.class)) {
			contracts.service(type);
		}
		subscriptions(type)
			.forEach((method, annotation) -> contracts.subscriber("The bean '" + bean.getBeanName() + "'", method, type,
					annotation.rpc(), annotation.version(), query(annotation, bean.getBeanFactory())));
		return payloads;
	}

	private static Map<Method, DurableSubscription> subscriptions(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, DurableSubscription.class) ? MethodIntrospector
			.selectMethods(type, (MetadataLookup<DurableSubscription>) (method) -> AnnotatedElementUtils
				.findMergedAnnotation(method, DurableSubscription.class)) : Map.of();
	}

	/**
	 * The type of the bean that is the query, or supplies it, as far as that is known by
	 * now.
	 */
	private static @Nullable Type query(DurableSubscription annotation, ConfigurableListableBeanFactory beans) {
		String name = beans.getBean(Environment.class).resolvePlaceholders(annotation.queryBean());
		ResolvableType bean = BeanTypes.of(name, beans);
		ResolvableType supplied = bean.as(Supplier.class).getGeneric();
		ResolvableType query = (supplied.resolve() != null) ? supplied : bean;
		return (query.resolve() != null) ? query.getType() : null;
	}

}
