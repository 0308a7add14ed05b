package io.persistentconn.autoconfigure.service;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The classes of all beans, as their authors wrote them: also of those that are proxies.
 */
public final class TargetClasses {

	private TargetClasses() {
	}

	/**
	 * Looks at the definitions of beans, without making any.
	 * @param beans where to look, and in whose ancestors
	 * @return classes by names of beans
	 */
	public static Map<String, Class<?>> of(BeanFactory beans) {
		Map<String, Class<?>> classes = new LinkedHashMap<>();
		add(beans, classes);
		return classes;
	}

	private static void add(BeanFactory beans, Map<String, Class<?>> classes) {
		if (!(beans instanceof ConfigurableListableBeanFactory configurable)) {
			return;
		}
		for (String name : configurable.getBeanNamesForType(Object.class, false, false)) {
			Class<?> type = AutoProxyUtils.determineTargetClass(configurable, name);
			if (type != null && !ScopedProxyUtils.isScopedTarget(name)) {
				classes.putIfAbsent(name, ClassUtils.getUserClass(type));
			}
		}
		BeanFactory parent = configurable.getParentBeanFactory();
		if (parent != null) {
			add((parent instanceof ConfigurableApplicationContext context) ? context.getBeanFactory() : parent,
					classes);
		}
	}

}
