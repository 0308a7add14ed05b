package io.persistentconn.binprot;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.persistentconn.binprot.ShapeExpression.Application;
import io.persistentconn.binprot.ShapeExpression.Base;
import io.persistentconn.binprot.ShapeExpression.Constructor;
import io.persistentconn.binprot.ShapeExpression.Field;
import io.persistentconn.binprot.ShapeExpression.Fields;
import io.persistentconn.binprot.ShapeExpression.PolymorphicVariant;
import io.persistentconn.binprot.ShapeExpression.Tuple;
import io.persistentconn.binprot.ShapeExpression.Variable;
import io.persistentconn.binprot.ShapeExpression.Variant;

/**
 * The definition of a type with a name, which may mention itself. Two definitions are the
 * same only if they are one object.
 */
final class ShapeDefinition {

	private final String name;

	private final int parameters;

	private ShapeExpression body = new Tuple(List.of());

	/**
	 * Creates a definition without body, so that its body can mention it.
	 * @param name what is printed where it mentions itself; if it has a dot, it is a type
	 * of a library and printed instead of the body
	 * @param parameters how many type parameters it has
	 */
	ShapeDefinition(String name, int parameters) {
		this.name = name;
		this.parameters = parameters;
	}

	void define(ShapeExpression expression) {
		this.body = expression;
	}

	String name() {
		return this.name;
	}

	int parameters() {
		return this.parameters;
	}

	ShapeExpression body() {
		return this.body;
	}

	/**
	 * Whether the real library keeps this as a definition that refers to itself instead
	 * of expanding it: records and ordinary variants if they contain themselves in any
	 * way, others only if they do without a record or variant in between.
	 */
	boolean isRecursive() {
		boolean fieldsOrVariant = this.body instanceof Fields || this.body instanceof Variant;
		return mentionsItself(fieldsOrVariant);
	}

	private boolean mentionsItself(boolean throughFieldsAndVariants) {
		Set<ShapeDefinition> visited = Collections.newSetFromMap(new IdentityHashMap<>());
		visit(this.body, throughFieldsAndVariants, visited);
		return visited.contains(this);
	}

	private static void visit(ShapeExpression expression, boolean through, Set<ShapeDefinition> visited) {
		if (expression instanceof Base base) {
			visitAll(base.arguments(), through, visited);
		}
		else if (expression instanceof Tuple tuple) {
			visitAll(tuple.parts(), through, visited);
		}
		else if (expression instanceof PolymorphicVariant variant) {
			visitConstructors(variant.constructors(), through, visited);
		}
		else if (expression instanceof Variant variant) {
			visitConstructors(through ? variant.constructors() : List.of(), through, visited);
		}
		else if (expression instanceof Fields fields) {
			visitAll(through ? fields.fields().stream().map(Field::type).toList() : List.of(), through, visited);
		}
		else if (expression instanceof Application application) {
			visitAll(application.arguments(), through, visited);
			if (visited.add(application.definition())) {
				visit(application.definition().body(), through, visited);
			}
		}
		else if (!(expression instanceof Variable)) {
			throw new IllegalStateException("expression: " + expression);
		}
	}

	private static void visitConstructors(List<Constructor> constructors, boolean through,
			Set<ShapeDefinition> visited) {
		constructors.forEach((constructor) -> visitAll(constructor.arguments(), through, visited));
	}

	private static void visitAll(List<ShapeExpression> expressions, boolean through, Set<ShapeDefinition> visited) {
		expressions.forEach((expression) -> visit(expression, through, visited));
	}

	/** Identity is what counts; the body may lead back here. */
	@Override
	public String toString() {
		return this.name;
	}

}
