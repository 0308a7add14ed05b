package io.persistentconn.binprot;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Derives the codecs of records, enums and sealed interfaces, each once for the same type
 * arguments. Serves one call of the user's.
 */
final class CodecDerivation extends TypeCodecs {

	private static final int MAX_DEPTH = 64;

	private final ShapeDerivation shapes;

	private int depth;

	CodecDerivation(Map<Class<?>, BinCodec<?>> given) {
		super(given);
		this.shapes = new ShapeDerivation(given);
	}

	BinCodec<?> derive(Type type) {
		return codec(type, Map.of(), type.getTypeName());
	}

	@Override
	BinCodec<?> defined(Class<?> type, List<BinCodec<?>> arguments, String where) {
		if (++this.depth > MAX_DEPTH) {
			throw new IllegalArgumentException(where + ": types nest more than " + MAX_DEPTH
					+ " deep (expected: a type that contains itself does so with the same type arguments)");
		}
		BinShape shape = this.shapes.shape(type, arguments);
		RecursiveCodec<Object> placeholder = new RecursiveCodec<>(shape);
		know(type, arguments, placeholder);
		BinCodec<Object> codec = cast(make(type, arguments, shape));
		placeholder.resolve(codec);
		this.depth--;
		return codec;
	}

	private BinCodec<?> make(Class<?> type, List<BinCodec<?>> arguments, BinShape shape) {
		if (type.isEnum()) {
			return constants(type, shape);
		}
		if (!type.isRecord()) {
			return variant(type, arguments, shape);
		}
		if (type.getRecordComponents().length == 0) {
			throw new IllegalArgumentException(
					type.getName() + " has no components (expected: one or more, as OCaml has no empty records)");
		}
		return record(type, variables(type, arguments), shape);
	}

	private static BinCodec<?> constants(Class<?> type, BinShape shape) {
		List<String> names = Arrays.stream(type.getEnumConstants())
			.map((constant) -> OcamlNames.constructor((Enum<?>) constant))
			.toList();
		return new EnumCodec<>(shape, type.getEnumConstants(), tags(type, names));
	}

	private BinCodec<?> variant(Class<?> type, List<BinCodec<?>> arguments, BinShape shape) {
		List<Class<?>> records = constructors(type);
		List<BinCodec<Object>> codecs = new ArrayList<>();
		for (Class<?> record : records) {
			codecs.add(cast(record(record, variables(record, type, arguments), shape)));
		}
		VariantTags tags = tags(type, records.stream().map(OcamlNames::constructor).toList());
		return new VariantCodec<>(shape, tags, records, codecs);
	}

	private static VariantTags tags(Class<?> type, List<String> constructors) {
		return type.isAnnotationPresent(PolymorphicVariant.class)
				? VariantTags.polymorphic(type.getName(), constructors)
				: VariantTags.ordinary(type.getName(), constructors.size());
	}

	private BinCodec<?> record(Class<?> type, Map<TypeVariable<?>, BinCodec<?>> variables, BinShape shape) {
		List<ComponentHandles> components = new ArrayList<>();
		for (RecordComponent component : type.getRecordComponents()) {
			components.add(handles(component, variables));
		}
		return new RecordCodec<>(shape, type, RecordHandles.of(type, components));
	}

}
