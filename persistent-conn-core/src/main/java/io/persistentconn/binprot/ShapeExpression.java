package io.persistentconn.binprot;

import java.util.List;

/**
 * A type as OCaml would write it, before {@link CanonicalShape evaluation}.
 */
sealed interface ShapeExpression {

	/**
	 * A type of a library.
	 *
	 * @param id what the digest is made of
	 * @param name what is printed; if empty, the argument alone is
	 */
	record Base(String id, String name, List<ShapeExpression> arguments) implements ShapeExpression {
	}

	record Tuple(List<ShapeExpression> parts) implements ShapeExpression {
	}

	record Fields(List<Field> fields) implements ShapeExpression {
	}

	record Field(String name, ShapeExpression type) {
	}

	record Variant(List<Constructor> constructors) implements ShapeExpression {
	}

	/**
	 * A polymorphic variant: its constructors have at most one argument, which may be a
	 * tuple.
	 */
	record PolymorphicVariant(List<Constructor> constructors) implements ShapeExpression {
	}

	record Constructor(String name, List<ShapeExpression> arguments) {
	}

	/** A type parameter of the definition around it. */
	record Variable(int index) implements ShapeExpression {
	}

	/** A defined type, and what stands for its parameters. */
	record Application(ShapeDefinition definition, List<ShapeExpression> arguments) implements ShapeExpression {
	}

}
