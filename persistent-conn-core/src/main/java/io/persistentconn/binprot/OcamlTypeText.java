package io.persistentconn.binprot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.persistentconn.binprot.ShapeExpression.Constructor;

/**
 * Prints types as OCaml writes them, with the definitions in place of the names. A type
 * that contains itself has its name behind it, as in
 * {@code (Leaf | Node of tree * tree) as tree}.
 *
 * @param variables what stands for the type parameters
 * @param around the definitions whose text this becomes a part of
 */
record OcamlTypeText(List<String> variables, List<ShapeDefinition> around) {

	static String of(ShapeExpression expression) {
		return new OcamlTypeText(List.of(), List.of()).text(expression);
	}

	private String text(ShapeExpression expression) {
		if (expression instanceof ShapeExpression.Base base) {
			return base.name().isEmpty() ? text(base.arguments().get(0)) : applied(base.arguments(), base.name());
		}
		if (expression instanceof ShapeExpression.Tuple tuple) {
			return product(tuple.parts());
		}
		if (expression instanceof ShapeExpression.Fields fields) {
			return fields.fields()
				.stream()
				.map((field) -> field.name() + " : " + text(field.type()))
				.collect(Collectors.joining("; ", "{ ", " }"));
		}
		if (expression instanceof ShapeExpression.Variant variant) {
			return variant.constructors().stream().map(this::constructor).collect(Collectors.joining(" | "));
		}
		if (expression instanceof ShapeExpression.PolymorphicVariant variant) {
			return variant.constructors()
				.stream()
				.map((constructor) -> "`" + constructor(constructor))
				.collect(Collectors.joining(" | ", "[ ", " ]"));
		}
		if (expression instanceof ShapeExpression.Variable variable) {
			return this.variables.get(variable.index());
		}
		if (expression instanceof ShapeExpression.Application application) {
			return application(application.definition(), application.arguments());
		}
		throw new IllegalStateException("expression: " + expression);
	}

	private String application(ShapeDefinition definition, List<ShapeExpression> arguments) {
		if (this.around.contains(definition) || definition.name().contains(".")) {
			return applied(arguments, definition.name());
		}
		List<ShapeDefinition> inner = new ArrayList<>(this.around);
		inner.add(definition);
		String body = new OcamlTypeText(arguments.stream().map(this::part).toList(), inner).text(definition.body());
		return definition.isRecursive() ? "(" + body + ") as " + definition.name() : body;
	}

	private String applied(List<ShapeExpression> arguments, String name) {
		return switch (arguments.size()) {
			case 0 -> name;
			case 1 -> part(arguments.get(0)) + " " + name;
			default -> arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ") ")) + name;
		};
	}

	private String constructor(Constructor constructor) {
		return constructor.arguments().isEmpty() ? constructor.name()
				: constructor.name() + " of " + product(constructor.arguments());
	}

	private String product(List<ShapeExpression> parts) {
		return parts.stream().map(this::part).collect(Collectors.joining(" * "));
	}

	/** With parentheses around it if it would be read differently without. */
	private String part(ShapeExpression expression) {
		String text = text(expression);
		return needsParentheses(text) ? "(" + text + ")" : text;
	}

	private static boolean needsParentheses(String text) {
		int depth = 0;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if ("([{".indexOf(character) >= 0) {
				depth++;
			}
			else if (")]}".indexOf(character) >= 0) {
				depth--;
			}
			else if (depth == 0 && (character == '*' || character == '|' || text.startsWith(" of ", i)
					|| text.startsWith(" as ", i))) {
				return true;
			}
		}
		return false;
	}

}
