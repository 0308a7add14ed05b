package io.persistentconn.autoconfigure.beans;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds the bean of some type that is meant for an entry: the one with the entry's name
 * as qualifier or bean name, or else the only one that is not meant for another entry.
 * Among several, a primary one is taken.
 *
 * @param <T> the type of the beans
 */
public final class EntryBeans<T> {

	private final ListableBeanFactory beans;

	private final Class<T> type;

	private final Set<String> entries;

	/**
	 * Creates a finder.
	 * @param beans where to look, and in whose ancestors
	 * @param type the type of the beans
	 * @param entries the names of all entries
	 */
	public EntryBeans(ListableBeanFactory beans, Class<T> type, Set<String> entries) {
		this.beans = beans;
		this.type = type;
		this.entries = entries;
	}

	/**
	 * Finds the name of the bean with an entry's name as qualifier.
	 * @param entry the name of the entry
	 * @return the name of the bean
	 * @throws AmbiguousEntryBeanException if there are several
	 */
	public Optional<String> qualified(String entry) {
		return single(entry, allQualified(entry));
	}

	/**
	 * Finds the name of the only bean that is not meant for another entry.
	 * @param entry the name of the entry
	 * @return the name of the bean
	 * @throws AmbiguousEntryBeanException if there are several
	 */
	public Optional<String> unqualified(String entry) {
		return single(entry, allUnqualified());
	}

	/**
	 * Finds the names of all beans with an entry's name as qualifier.
	 * @param entry the name of the entry
	 * @return the names of the beans
	 */
	public List<String> allQualified(String entry) {
		return names().filter((bean) -> isFor(bean, Set.of(entry))).toList();
	}

	/**
	 * Finds the names of all beans that are meant for no entry in particular.
	 * @return the names of the beans
	 */
	public List<String> allUnqualified() {
		return names().filter((bean) -> !isFor(bean, this.entries)).toList();
	}

	/**
	 * The bean of a name that was found.
	 * @param bean the name of the bean
	 * @param user the name of the bean that uses it, and is destroyed before it
	 * @return the bean
	 */
	public T use(String bean, String user) {
		if (this.beans instanceof ConfigurableListableBeanFactory configurable) {
			configurable.registerDependentBean(bean, user);
		}
		return this.beans.getBean(bean, this.type);
	}

	private Stream<String> names() {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, this.type));
	}

	private boolean isFor(String bean, Set<String> qualifiers) {
		return BeanFactoryAnnotationUtils.isQualifierMatch(qualifiers::contains, bean, this.beans);
	}

	private Optional<String> single(String entry, List<String> found) {
		List<String> candidates = (found.size() > 1) ? primary(found) : found;
		if (candidates.size() > 1) {
			throw new AmbiguousEntryBeanException(entry, this.type, candidates.stream().sorted().toList());
		}
		return candidates.stream().findFirst();
	}

	private List<String> primary(List<String> candidates) {
		List<String> primary = candidates.stream().filter((bean) -> isPrimary(this.beans, bean)).toList();
		return primary.isEmpty() ? candidates : primary;
	}

	private static boolean isPrimary(BeanFactory beans, String bean) {
		if (!(beans instanceof ConfigurableListableBeanFactory configurable)) {
			return false;
		}
		if (configurable.containsBeanDefinition(bean)) {
			BeanDefinition definition = configurable.getMergedBeanDefinition(bean);
			return definition.isPrimary();
		}
		BeanFactory parent = configurable.getParentBeanFactory();
		return parent != null && isPrimary(parent, bean);
	}

}
