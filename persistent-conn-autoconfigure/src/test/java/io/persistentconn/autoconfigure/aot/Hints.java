package io.persistentconn.autoconfigure.aot;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Predicate;

import io.persistentconn.autoconfigure.PersistentConnAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnConnectionsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnServersAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnSubscriptionsAutoConfiguration;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image is told of an application.
 */
final class Hints {

	private final RuntimeHints hints;

	Hints(RuntimeHints hints) {
		this.hints = hints;
	}

	/** Of one with the auto-configurations of this module, and these configurations. */
	static Hints of(Class<?>... configurations) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(Hints.class.getPackageName(), "Test")),
				new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			for (Class<?> configuration : configurations) {
				context.register(configuration);
			}
			context.register(PersistentConnAutoConfiguration.class, PersistentConnConnectionsAutoConfiguration.class,
					PersistentConnServersAutoConfiguration.class, PersistentConnSubscriptionsAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		return new Hints(generation.getRuntimeHints());
	}

	boolean test(Predicate<RuntimeHints> predicate) {
		return predicate.test(this.hints);
	}

	boolean calls(Class<?> type, String method) {
		return test(RuntimeHintsPredicates.reflection().onMethodInvocation(type, method));
	}

	boolean knows(Class<?> type) {
		return test(RuntimeHintsPredicates.reflection().onType(type));
	}

	/** All that a codec is derived from: constructors and accessors, or constants. */
	void assertDerivable(Class<?>... types) {
		for (Class<?> type : types) {
			assertThat(knows(type)).as(type.getName()).isTrue();
			if (type.isRecord()) {
				assertMadeAndRead(type);
			}
			if (type.isEnum()) {
				assertThat(Arrays.stream(type.getFields()))
					.allMatch((field) -> test(RuntimeHintsPredicates.reflection().onFieldAccess(field)));
				assertThat(calls(type, "values")).as(type.getName()).isTrue();
			}
		}
	}

	private void assertMadeAndRead(Class<?> record) {
		for (Constructor<?> constructor : record.getDeclaredConstructors()) {
			assertThat(test(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor)))
				.as(constructor.toString())
				.isTrue();
		}
		for (RecordComponent component : record.getRecordComponents()) {
			Method accessor = component.getAccessor();
			assertThat(test(RuntimeHintsPredicates.reflection().onMethodInvocation(accessor))).as(accessor.toString())
				.isTrue();
		}
	}

}
