package io.persistentconn.binprot;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Names of OCaml for those of Java: {@code intervalUs} becomes {@code interval_us}, the
 * record {@code AddItem} and the constant {@code ADD_ITEM} become {@code Add_item}, and a
 * field whose name is a keyword gets an underscore behind it.
 */
final class OcamlNames {

	private static final Set<String> KEYWORDS = Set.of("and", "as", "assert", "asr", "begin", "class", "constraint",
			"do", "done", "downto", "else", "end", "exception", "external", "false", "for", "fun", "function",
			"functor", "if", "in", "include", "inherit", "initializer", "land", "lazy", "let", "lor", "lsl", "lsr",
			"lxor", "match", "method", "mod", "module", "mutable", "new", "nonrec", "object", "of", "open", "or",
			"private", "rec", "sig", "struct", "then", "to", "true", "try", "type", "val", "virtual", "when", "while",
			"with");

	private OcamlNames() {
	}

	static String field(RecordComponent component) {
		String given = given(component);
		return (given != null) ? given : lower(component.getName());
	}

	static String type(Class<?> type) {
		String given = given(type);
		return (given != null) ? given : lower(type.getSimpleName());
	}

	static String constructor(Class<?> type) {
		String given = given(type);
		return (given != null) ? given : capital(type.getSimpleName());
	}

	static String constructor(Enum<?> constant) {
		String given = given(fieldOf(constant));
		return (given != null) ? given : capital(constant.name());
	}

	private static Field fieldOf(Enum<?> constant) {
		try {
			return constant.getDeclaringClass().getField(constant.name());
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException("every constant is a field", ex);
		}
	}

	private static @Nullable String given(AnnotatedElement element) {
		OcamlName name = element.getAnnotation(OcamlName.class);
		return (name != null) ? name.value() : null;
	}

	private static String lower(String name) {
		String lower = words(name);
		return KEYWORDS.contains(lower) ? lower + "_" : lower;
	}

	private static String capital(String name) {
		String lower = words(name);
		return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
	}

	private static String words(String name) {
		boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
		String separated = constant ? name : name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_");
		return separated.toLowerCase(Locale.ROOT);
	}

}
