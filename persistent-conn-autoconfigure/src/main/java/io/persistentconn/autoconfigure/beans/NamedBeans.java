package io.persistentconn.autoconfigure.beans;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * All beans of some types, by a name that they have themselves. Looks when first asked,
 * so that the beans may depend on whoever has this.
 *
 * @param <T> the type of the beans
 */
public final class NamedBeans<T> {

	private final ListableBeanFactory beans;

	private final List<Class<? extends T>> types;

	private final Function<? super T, String> name;

	private volatile @Nullable Found<T> complete;

	/**
	 * Creates a view of a bean factory.
	 * @param beans where to look
	 * @param types the types of the beans, of which a bean has one
	 * @param name tells the name of a bean
	 */
	public NamedBeans(ListableBeanFactory beans, List<Class<? extends T>> types, Function<? super T, String> name) {
		this.beans = beans;
		this.types = types;
		this.name = name;
	}

	/**
	 * All beans.
	 * @return the beans by name, in alphabetical order
	 * @throws IllegalStateException if two of them have the same name
	 */
	public Map<String, T> all() {
		return look().beans;
	}

	/**
	 * The bean of a name.
	 * @param name the name
	 * @return the bean
	 * @throws IllegalArgumentException if there is none
	 */
	public T get(String name) {
		T bean = all().get(name);
		if (bean == null) {
			throw new IllegalArgumentException(
					"name: \"" + name + "\" (expected: one of " + String.join(", ", all().keySet()) + ")");
		}
		return bean;
	}

	/**
	 * Checks the generic type of a bean, as far as its definition says it.
	 * @param name the name
	 * @param expected the type
	 * @throws IllegalArgumentException if the bean is of another type
	 */
	public void checkType(String name, ResolvableType expected) {
		String beanName = Objects.requireNonNull(look().beanNames.get(name));
		if (!this.beans.isTypeMatch(beanName, expected)) {
			throw new IllegalArgumentException("name: \"" + name + "\", a bean of another type (expected: "
					+ expected.toString().replaceAll("[a-z]+\\.", "") + ")");
		}
	}

	private Found<T> look() {
		Found<T> known = this.complete;
		if (known != null) {
			return known;
		}
		Map<String, String> beanNames = new TreeMap<>();
		Map<String, T> found = new TreeMap<>();
		Map<String, T> present = new LinkedHashMap<>();
		this.types.forEach((type) -> present.putAll(this.beans.getBeansOfType(type, false, true)));
		present.forEach((beanName, bean) -> {
			String own = this.name.apply(bean);
			String other = beanNames.put(own, beanName);
			if (other != null) {
				throw new IllegalStateException("The beans " + other + " and " + beanName + " are both named \"" + own
						+ "\" (expected: different names)");
			}
			found.put(own, bean);
		});
		Found<T> result = new Found<>(Collections.unmodifiableMap(found), beanNames);
		if (isComplete(present.size())) {
			this.complete = result;
		}
		return result;
	}

	/** While beans are being made, some may be missing, and more may be defined. */
	private boolean isComplete(int found) {
		return this.beans instanceof ConfigurableListableBeanFactory configurable
				&& configurable.isConfigurationFrozen()
				&& this.types.stream()
					.mapToInt((type) -> this.beans.getBeanNamesForType(type, false, true).length)
					.sum() == found;
	}

	private record Found<T>(Map<String, T> beans, Map<String, String> beanNames) {
	}

}
