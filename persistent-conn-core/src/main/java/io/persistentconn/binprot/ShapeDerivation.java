package io.persistentconn.binprot;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.persistentconn.binprot.ShapeExpression.Application;
import io.persistentconn.binprot.ShapeExpression.Constructor;
import io.persistentconn.binprot.ShapeExpression.Field;

/**
 * Derives the shapes of records, enums and sealed interfaces. Each becomes a definition,
 * with type parameters where the class has them, as it would be written in OCaml. The
 * codecs that this makes have a shape and nothing else.
 */
final class ShapeDerivation extends TypeCodecs {

	private final Map<Class<?>, ShapeDefinition> definitions = new HashMap<>();

	ShapeDerivation(Map<Class<?>, BinCodec<?>> given) {
		super(given);
	}

	BinShape shape(Class<?> type, List<BinCodec<?>> arguments) {
		List<ShapeExpression> expressions = arguments.stream()
			.map((argument) -> argument.shape().expression())
			.toList();
		return new BinShape(new Application(definition(type), expressions));
	}

	@Override
	BinCodec<?> defined(Class<?> type, List<BinCodec<?>> arguments, String where) {
		return new RecursiveCodec<>(shape(type, arguments));
	}

	private ShapeDefinition definition(Class<?> type) {
		ShapeDefinition definition = this.definitions.get(type);
		if (definition == null) {
			definition = new ShapeDefinition(OcamlNames.type(type), type.getTypeParameters().length);
			this.definitions.put(type, definition);
			definition.define(body(type, parameters(type)));
		}
		return definition;
	}

	private static List<BinCodec<?>> parameters(Class<?> type) {
		List<BinCodec<?>> parameters = new ArrayList<>();
		for (int i = 0; i < type.getTypeParameters().length; i++) {
			parameters.add(new RecursiveCodec<>(new BinShape(new ShapeExpression.Variable(i))));
		}
		return parameters;
	}

	private ShapeExpression body(Class<?> type, List<BinCodec<?>> parameters) {
		boolean polymorphic = type.isAnnotationPresent(PolymorphicVariant.class);
		if (type.isRecord()) {
			List<Field> fields = fields(type, variables(type, parameters));
			return type.isAnnotationPresent(Tuple.class) ? tuple(fields) : new ShapeExpression.Fields(fields);
		}
		List<Constructor> constructors = type.isEnum() ? constants(type) : constructors(type, parameters, polymorphic);
		return polymorphic ? new ShapeExpression.PolymorphicVariant(constructors)
				: new ShapeExpression.Variant(constructors);
	}

	private static List<Constructor> constants(Class<?> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> new Constructor(OcamlNames.constructor((Enum<?>) constant), List.of()))
			.toList();
	}

	private List<Constructor> constructors(Class<?> type, List<BinCodec<?>> parameters, boolean polymorphic) {
		List<Constructor> constructors = new ArrayList<>();
		for (Class<?> record : constructors(type)) {
			List<Field> fields = fields(record, variables(record, type, parameters));
			List<ShapeExpression> arguments = (polymorphic && fields.size() > 1) ? List.of(tuple(fields))
					: fields.stream().map(Field::type).toList();
			constructors.add(new Constructor(OcamlNames.constructor(record), arguments));
		}
		return constructors;
	}

	private List<Field> fields(Class<?> record, Map<TypeVariable<?>, BinCodec<?>> variables) {
		List<Field> fields = new ArrayList<>();
		for (RecordComponent component : record.getRecordComponents()) {
			BinCodec<?> codec = codec(component, variables);
			fields.add(new Field(OcamlNames.field(component), codec.shape().expression()));
		}
		return fields;
	}

	private static ShapeExpression tuple(List<Field> fields) {
		return new ShapeExpression.Tuple(fields.stream().map(Field::type).toList());
	}

}
