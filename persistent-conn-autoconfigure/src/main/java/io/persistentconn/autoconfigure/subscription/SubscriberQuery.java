package io.persistentconn.autoconfigure.subscription;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import io.persistentconn.autoconfigure.beans.BeanTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * What a subscription asks.
 *
 * @param type the type of the query, or {@code null} for {@code unit}
 * @param arguments gives the query, in every attempt: nothing for {@code unit}, or one
 */
record SubscriberQuery(@Nullable Type type, Supplier<Object[]> arguments) {

	static SubscriberQuery unit() {
		return new SubscriberQuery(null, () -> new Object[0]);
	}

	static SubscriberQuery text(String query) {
		return new SubscriberQuery(String.class, () -> new Object[] { query });
	}

	/**
	 * Asks what a bean is, or supplies.
	 * @throws IllegalArgumentException if there is none, or its type is not known
	 */
	static SubscriberQuery bean(String name, ListableBeanFactory beans) {
		if (!beans.containsBean(name)) {
			throw new IllegalArgumentException("there is no bean '" + name + "' for its query");
		}
		Object bean = beans.getBean(name);
		ResolvableType defined = BeanTypes.of(name, beans);
		ResolvableType type = (defined.resolve() != null) ? defined : ResolvableType.forClass(bean.getClass());
		if (!(bean instanceof Supplier<?> supplier)) {
			return new SubscriberQuery(type.getType(), () -> new Object[] { bean });
		}
		ResolvableType supplied = type.as(Supplier.class).getGeneric();
		if (supplied.resolve() == null) {
			throw new IllegalArgumentException("the bean '" + name + "' for its query is a Supplier of unknown type");
		}
		return new SubscriberQuery(supplied.getType(), () -> new Object[] { supplier.get() });
	}

}
