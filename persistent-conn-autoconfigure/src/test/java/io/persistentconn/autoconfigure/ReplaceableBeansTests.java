package io.persistentconn.autoconfigure;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bean gives way to one of the application does so: in every auto-configuration,
 * those to come included.
 */
class ReplaceableBeansTests {

	@ParameterizedTest
	@MethodSource("replaceable")
	void isThereUnlessTheApplicationHasItsOwn(Method method) {
		String[] names = method.getAnnotation(ConditionalOnMissingBean.class).name();
		String own = (names.length > 0) ? names[0] : "own";
		assertThat(beansLike(method, null)).hasSize(1).doesNotContain("own");
		assertThat(beansLike(method, own)).containsExactly(own);
	}

	/** The names of the beans of its type, if the application has one of this name. */
	private static List<String> beansLike(Method method, String own) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("meters", new RootBeanDefinition(MeterRegistry.class));
		beans.registerBeanDefinition("observations", new RootBeanDefinition(ObservationRegistry.class));
		if (own != null) {
			beans.registerBeanDefinition(own, new RootBeanDefinition(method.getReturnType()));
		}
		configurations().forEach((type) -> beans.registerBeanDefinition(type.getName(), new RootBeanDefinition(type)));
		ConfigurationClassPostProcessor processor = new ConfigurationClassPostProcessor();
		processor.setEnvironment(
				new MockEnvironment().withProperty("management.endpoints.web.exposure.include", "persistentconn"));
		processor.postProcessBeanDefinitionRegistry(beans);
		return List.of(beans.getBeanNamesForType(method.getReturnType(), true, false));
	}

	static Stream<Method> replaceable() {
		List<Method> methods = new ArrayList<>();
		configurations().forEach((type) -> Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(Bean.class)
					&& method.isAnnotationPresent(ConditionalOnMissingBean.class))
			.forEach(methods::add));
		assertThat(methods).hasSizeGreaterThan(10);
		return methods.stream();
	}

	/** In the order of their file, which is one in which they may be processed. */
	private static List<Class<?>> configurations() {
		List<Class<?>> types = new ArrayList<>();
		ClassLoader loader = ReplaceableBeansTests.class.getClassLoader();
		ImportCandidates.load(AutoConfiguration.class, loader).forEach((name) -> {
			if (name.startsWith("io.persistentconn.")) {
				types.add(ClassUtils.resolveClassName(name, loader));
			}
		});
		return types;
	}

}
