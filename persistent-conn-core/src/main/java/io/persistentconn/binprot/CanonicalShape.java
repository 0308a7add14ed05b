package io.persistentconn.binprot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.persistentconn.binprot.ShapeExpression.Constructor;

/**
 * The form of a shape in which equal types are equal, as the real {@code bin_shape}
 * evaluates it: definitions are expanded where they are used, except that those which
 * contain themselves stay, and refer to themselves by how many of them are around.
 * Together with its digest, which is made from the digests of the parts.
 *
 * @param sexp as the real library prints it
 */
record CanonicalShape(Sexp sexp, ShapeDigest digest) {

	static CanonicalShape of(ShapeExpression expression) {
		return evaluate(expression, List.of(), Map.of());
	}

	/**
	 * @param variables what stands for the type parameters
	 * @param levels the recursive definitions around the expression
	 */
	private static CanonicalShape evaluate(ShapeExpression expression, List<CanonicalShape> variables,
			Map<ShapeDefinition, Integer> levels) {
		Function<ShapeExpression, CanonicalShape> evaluate = (part) -> evaluate(part, variables, levels);
		if (expression instanceof ShapeExpression.Base base) {
			List<CanonicalShape> arguments = map(base.arguments(), evaluate);
			return node("Base", "base", Sexp.of(base.id()), ShapeDigest.of(base.id()), arguments);
		}
		if (expression instanceof ShapeExpression.Tuple tuple) {
			List<CanonicalShape> parts = map(tuple.parts(), evaluate);
			return exp("Tuple", List.of(sexps(parts)), "tuple", digests(parts));
		}
		if (expression instanceof ShapeExpression.Fields fields) {
			return fields(fields, evaluate);
		}
		if (expression instanceof ShapeExpression.Variant variant) {
			return variant(variant, evaluate);
		}
		if (expression instanceof ShapeExpression.PolymorphicVariant variant) {
			return polymorphicVariant(variant, evaluate);
		}
		if (expression instanceof ShapeExpression.Variable variable) {
			return variables.get(variable.index());
		}
		if (expression instanceof ShapeExpression.Application application) {
			return application(application.definition(), map(application.arguments(), evaluate), levels);
		}
		throw new IllegalStateException("expression: " + expression);
	}

	private static CanonicalShape fields(ShapeExpression.Fields fields,
			Function<ShapeExpression, CanonicalShape> evaluate) {
		List<Sexp> sexps = new ArrayList<>();
		List<ShapeDigest> digests = new ArrayList<>();
		for (ShapeExpression.Field field : fields.fields()) {
			CanonicalShape type = evaluate.apply(field.type());
			sexps.add(Sexp.of(Sexp.of(field.name()), type.sexp()));
			digests.add(ShapeDigest.pair(ShapeDigest.of(field.name()), type.digest()));
		}
		return exp("Record", List.of(new Sexp.List(sexps)), "record", ShapeDigest.list(digests));
	}

	private static CanonicalShape variant(ShapeExpression.Variant variant,
			Function<ShapeExpression, CanonicalShape> evaluate) {
		List<Sexp> sexps = new ArrayList<>();
		List<ShapeDigest> digests = new ArrayList<>();
		for (Constructor constructor : variant.constructors()) {
			List<CanonicalShape> arguments = map(constructor.arguments(), evaluate);
			sexps.add(Sexp.of(Sexp.of(constructor.name()), sexps(arguments)));
			digests.add(ShapeDigest.pair(ShapeDigest.of(constructor.name()), digests(arguments)));
		}
		return exp("Variant", List.of(new Sexp.List(sexps)), "variant", ShapeDigest.list(digests));
	}

	private static CanonicalShape polymorphicVariant(ShapeExpression.PolymorphicVariant variant,
			Function<ShapeExpression, CanonicalShape> evaluate) {
		List<Sexp> sexps = new ArrayList<>();
		List<ShapeDigest> digests = new ArrayList<>();
		for (Constructor constructor : sorted(variant.constructors())) {
			List<CanonicalShape> argument = map(constructor.arguments(), evaluate);
			sexps.add(Sexp.of(Sexp.of(constructor.name()), sexps(argument)));
			ShapeDigest option = ShapeDigest.constructor(argument.isEmpty() ? "none" : "some",
					argument.stream().map(CanonicalShape::digest).toList());
			digests.add(ShapeDigest.pair(ShapeDigest.of(constructor.name()), option));
		}
		Sexp sorted = Sexp.of(Sexp.of(Sexp.of("sorted"), new Sexp.List(sexps)));
		return exp("Poly_variant", List.of(sorted), "poly_variant", ShapeDigest.list(digests));
	}

	private static List<Constructor> sorted(List<Constructor> constructors) {
		return constructors.stream().sorted(Comparator.comparing(Constructor::name)).toList();
	}

	private static CanonicalShape application(ShapeDefinition definition, List<CanonicalShape> arguments,
			Map<ShapeDefinition, Integer> levels) {
		if (!definition.isRecursive()) {
			return evaluate(definition.body(), arguments, levels);
		}
		Integer level = levels.get(definition);
		if (level != null) {
			return node("Rec_app", "rec_app", Sexp.of(level.toString()), ShapeDigest.of(level.toString()), arguments);
		}
		Map<ShapeDefinition, Integer> inner = new HashMap<>(levels);
		inner.put(definition, levels.size());
		List<CanonicalShape> parameters = IntStream.range(0, definition.parameters())
			.mapToObj(CanonicalShape::parameter)
			.toList();
		CanonicalShape body = evaluate(definition.body(), parameters, inner);
		return node("Application", "application", body.sexp(), body.digest(), arguments);
	}

	private static CanonicalShape parameter(int index) {
		String number = Integer.toString(index);
		return exp("Var", List.of(Sexp.of(number)), "var", ShapeDigest.of(number));
	}

	private static CanonicalShape node(String name, String digestName, Sexp head, ShapeDigest headDigest,
			List<CanonicalShape> arguments) {
		return exp(name, List.of(head, sexps(arguments)), digestName, headDigest, digests(arguments));
	}

	private static CanonicalShape exp(String name, List<Sexp> parts, String digestName, ShapeDigest... digests) {
		List<Sexp> node = new ArrayList<>(List.of(Sexp.of(name)));
		node.addAll(parts);
		return new CanonicalShape(Sexp.of(Sexp.of("Exp"), new Sexp.List(node)),
				ShapeDigest.constructor(digestName, List.of(digests)));
	}

	private static List<CanonicalShape> map(List<ShapeExpression> expressions,
			Function<ShapeExpression, CanonicalShape> evaluate) {
		return expressions.stream().map(evaluate).toList();
	}

	private static Sexp sexps(List<CanonicalShape> shapes) {
		return new Sexp.List(shapes.stream().map(CanonicalShape::sexp).toList());
	}

	private static ShapeDigest digests(List<CanonicalShape> shapes) {
		return ShapeDigest.list(shapes.stream().map(CanonicalShape::digest).toList());
	}

}
