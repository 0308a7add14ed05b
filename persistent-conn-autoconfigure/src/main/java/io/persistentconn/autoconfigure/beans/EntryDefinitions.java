package io.persistentconn.autoconfigure.beans;

import java.util.Map;
import java.util.function.Function;

import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnPropertiesBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.ResolvableType;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;

/**
 * Defines one bean for each entry of a kind, such as {@code quotesConnection} for the
 * connection {@code quotes}, with the entry's name as qualifier. An entry for which there
 * is a bean of that name, here or in a parent context, is left alone.
 * <p>
 * It does so after all configuration classes were read, and before any bean is made; not
 * when the application is processed ahead of time, but whenever it starts, so that the
 * entries are those of the properties that it starts with.
 */
public final class EntryDefinitions implements BeanDefinitionRegistryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(EntryDefinitions.class);

	private final Environment environment;

	private final Kind kind;

	/**
	 * Creates the definitions of one kind.
	 * @param environment has the properties
	 * @param kind the kind of entries
	 */
	public EntryDefinitions(Environment environment, Kind kind) {
		this.environment = environment;
		this.kind = kind;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		PersistentConnProperties properties = PersistentConnPropertiesBinder.bind(this.environment);
		this.kind.entries().apply(properties).forEach((entry, type) -> {
			String beanName = this.kind.beanName(entry);
			if (isPresent(registry, beanName)) {
				logger.debug("{}: the application has its own {}", entry, beanName);
			}
			else {
				registry.registerBeanDefinition(beanName, define(entry, type));
			}
		});
	}

	/** Also in a parent context, which may have the same properties. */
	private static boolean isPresent(BeanDefinitionRegistry registry, String beanName) {
		return registry.containsBeanDefinition(beanName)
				|| (registry instanceof BeanFactory beans && beans.containsBean(beanName));
	}

	private RootBeanDefinition define(String entry, ResolvableType type) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(this.kind.factoryBean());
		definition.setFactoryMethodName(this.kind.factoryMethod());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, entry);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, entry));
		definition.setDestroyMethodName("closeAsync");
		return definition;
	}

	/**
	 * A kind of entries.
	 *
	 * @param suffix what the names of the beans end with
	 * @param factoryBean the name of the bean that makes the beans
	 * @param factoryMethod its method, which is given the name of the entry
	 * @param entries the entries with the types of their beans
	 */
	public record Kind(String suffix, String factoryBean, String factoryMethod,
			Function<PersistentConnProperties, Map<String, ResolvableType>> entries) {

		/**
		 * The name of the bean of an entry.
		 * @param entry the name of the entry, such as {@code order-book}
		 * @return the name of the bean, such as {@code orderBookConnection}
		 */
		public String beanName(String entry) {
			StringBuilder name = new StringBuilder();
			boolean upper = false;
			for (int i = 0; i < entry.length(); i++) {
				char c = entry.charAt(i);
				if (c != '-') {
					name.append(upper ? Character.toUpperCase(c) : c);
				}
				upper = (c == '-');
			}
			return name.append(this.suffix).toString();
		}

	}

}
