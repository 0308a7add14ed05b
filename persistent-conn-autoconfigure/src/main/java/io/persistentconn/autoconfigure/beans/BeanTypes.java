package io.persistentconn.autoconfigure.beans;

import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The types of beans with their type arguments, which their classes do not know.
 */
public final class BeanTypes {

	private BeanTypes() {
	}

	/**
	 * What the definition of a bean says of its type.
	 * @param name the name of the bean
	 * @param beans where to look, and in whose ancestors
	 * @return the type, or {@link ResolvableType#NONE} if there is no definition
	 */
	public static ResolvableType of(String name, ListableBeanFactory beans) {
		ListableBeanFactory current = beans;
		while (!current.containsBeanDefinition(name) && current instanceof HierarchicalBeanFactory child
				&& child.getParentBeanFactory() instanceof ListableBeanFactory parent) {
			current = parent;
		}
		return (current instanceof ConfigurableListableBeanFactory configurable
				&& configurable.containsBeanDefinition(name))
						? configurable.getMergedBeanDefinition(name).getResolvableType() : ResolvableType.NONE;
	}

}
