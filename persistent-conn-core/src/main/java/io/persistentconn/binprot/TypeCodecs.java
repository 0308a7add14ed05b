package io.persistentconn.binprot;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * Finds the codec for a type of Java as reflection tells it. What a record, enum or
 * sealed interface gets is up to the subclass.
 */
abstract class TypeCodecs {

	private static final String SUPPORTED = "long, int, short, byte, double, boolean, char and their boxes, String, "
			+ "byte[] and other arrays, Optional, List, Set, Map, records, enums, sealed interfaces of records; for "
			+ "others give a codec with BinCodecs.with(type, codec)";

	/** By the user, for these types. */
	private final Map<Class<?>, BinCodec<?>> given;

	private final Map<Use, BinCodec<?>> known = new HashMap<>();

	TypeCodecs(Map<Class<?>, BinCodec<?>> given) {
		this.given = given;
	}

	/**
	 * The codec for a record, enum or sealed interface.
	 * @param arguments for its type parameters
	 * @param where what the type is a part of, for error messages
	 */
	abstract BinCodec<?> defined(Class<?> type, List<BinCodec<?>> arguments, String where);

	/**
	 * The codec for any type.
	 * @param variables what stands for type variables
	 * @param where what the type is a part of, for error messages
	 */
	final BinCodec<?> codec(Type type, Map<TypeVariable<?>, BinCodec<?>> variables, String where) {
		BinCodec<?> single = (type instanceof Class<?>) ? single((Class<?>) type) : variables.get(type);
		if (single != null) {
			return single;
		}
		if (type instanceof Class<?> array && array.isArray()) {
			return array(array.getComponentType(), variables, where);
		}
		if (type instanceof Class<?> plain && plain.getTypeParameters().length == 0) {
			return codec(plain, List.of(), where);
		}
		if (type instanceof ParameterizedType generic) {
			List<BinCodec<?>> arguments = new ArrayList<>();
			for (Type argument : generic.getActualTypeArguments()) {
				arguments.add(codec(argument, variables, where));
			}
			return codec((Class<?>) generic.getRawType(), arguments, where);
		}
		if (type instanceof GenericArrayType array) {
			return array(array.getGenericComponentType(), variables, where);
		}
		throw unsupported(type, where, "with all type arguments, as in new BinType<List<String>>() {}");
	}

	private @Nullable BinCodec<?> single(Class<?> type) {
		BinCodec<?> codec = this.given.get(type);
		return (codec != null) ? codec : Singles.of(type);
	}

	/** The handles for a component of a record. */
	final ComponentHandles handles(RecordComponent component, Map<TypeVariable<?>, BinCodec<?>> variables) {
		ComponentHandles direct = ComponentHandles.direct(component.getType());
		if (direct != null && !this.given.containsKey(component.getType())
				&& !component.isAnnotationPresent(OcamlType.class)) {
			return direct;
		}
		return ComponentHandles.of(component.getType(), codec(component, variables));
	}

	final BinCodec<?> codec(RecordComponent component, Map<TypeVariable<?>, BinCodec<?>> variables) {
		String where = component.getDeclaringRecord().getName() + "." + component.getName();
		OcamlType named = component.getAnnotation(OcamlType.class);
		if (named == null) {
			return codec(component.getGenericType(), variables, where);
		}
		BinCodec<?> codec = Singles.of(component.getType(), named.value());
		if (codec == null) {
			throw unsupported(component.getType(), where,
					"an OCaml type that BinCodecs has for that, which " + named.value() + " is not");
		}
		return codec;
	}

	final BinCodec<?> codec(Class<?> type, List<BinCodec<?>> arguments, String where) {
		Use use = new Use(type, arguments);
		BinCodec<?> codec = this.known.get(use);
		if (codec == null) {
			codec = isDefined(type) ? defined(type, arguments, where) : container(type, arguments, where);
			this.known.put(use, codec);
		}
		return codec;
	}

	/** What stands for a type while its codec is being made. */
	final void know(Class<?> type, List<BinCodec<?>> arguments, BinCodec<?> codec) {
		this.known.put(new Use(type, arguments), codec);
	}

	private static boolean isDefined(Class<?> type) {
		return type.isRecord() || type.isEnum() || (type.isInterface() && type.isSealed());
	}

	private static BinCodec<?> container(Class<?> type, List<BinCodec<?>> arguments, String where) {
		if (type == Optional.class) {
			return BinCodecs.option(arguments.get(0));
		}
		if (type == List.class) {
			return BinCodecs.list(arguments.get(0));
		}
		if (type == Set.class) {
			return BinCodecs.set(arguments.get(0));
		}
		if (type == Map.class) {
			return BinCodecs.map(arguments.get(0), arguments.get(1));
		}
		throw unsupported(type, where, "one of " + SUPPORTED);
	}

	private BinCodec<?> array(Type element, Map<TypeVariable<?>, BinCodec<?>> variables, String where) {
		Class<?> type = erasure(element);
		if (type.isPrimitive()) {
			throw unsupported(type.arrayType(), where, "byte[], int[], long[], double[] or an array of objects");
		}
		return BinCodecs.array(cast(codec(element, variables, where)), newArray(type));
	}

	@SuppressWarnings("unchecked") // an array of that type, which only reflection knows
	private static IntFunction<Object[]> newArray(Class<?> element) {
		return (length) -> (Object[]) Array.newInstance(element, length);
	}

	private static Class<?> erasure(Type type) {
		if (type instanceof Class<?> plain) {
			return plain;
		}
		if (type instanceof ParameterizedType generic) {
			return (Class<?>) generic.getRawType();
		}
		if (type instanceof GenericArrayType array) {
			return erasure(array.getGenericComponentType()).arrayType();
		}
		return (type instanceof TypeVariable<?> variable) ? erasure(variable.getBounds()[0]) : Object.class;
	}

	/** What stands for the type parameters of a type. */
	static Map<TypeVariable<?>, BinCodec<?>> variables(Class<?> type, List<BinCodec<?>> arguments) {
		Map<TypeVariable<?>, BinCodec<?>> variables = new HashMap<>();
		for (int i = 0; i < arguments.size(); i++) {
			variables.put(type.getTypeParameters()[i], arguments.get(i));
		}
		return variables;
	}

	/**
	 * What stands for the type parameters of a record that is a constructor.
	 * @param variant the interface that it implements
	 * @param arguments for the type parameters of the interface
	 */
	static Map<TypeVariable<?>, BinCodec<?>> variables(Class<?> record, Class<?> variant, List<BinCodec<?>> arguments) {
		Map<TypeVariable<?>, BinCodec<?>> variables = new HashMap<>();
		for (Type type : record.getGenericInterfaces()) {
			if (type instanceof ParameterizedType generic && generic.getRawType() == variant) {
				for (int i = 0; i < arguments.size(); i++) {
					if (generic.getActualTypeArguments()[i] instanceof TypeVariable<?> variable) {
						variables.put(variable, arguments.get(i));
					}
				}
			}
		}
		return variables;
	}

	/** The constructors of the variant that a sealed interface is. */
	static List<Class<?>> constructors(Class<?> variant) {
		List<Class<?>> records = Arrays.asList(variant.getPermittedSubclasses());
		for (Class<?> record : records) {
			if (!record.isRecord()) {
				throw unsupported(record, variant.getName(), "a record, as is each that the interface permits");
			}
		}
		return records;
	}

	static IllegalArgumentException unsupported(Type type, String where, String expected) {
		return new IllegalArgumentException(
				where + ": no codec for " + type.getTypeName() + " (expected: " + expected + ")");
	}

	@SuppressWarnings("unchecked") // the caller has looked at the class
	static BinCodec<Object> cast(BinCodec<?> codec) {
		return (BinCodec<Object>) codec;
	}

	/** A type with its type arguments. */
	private record Use(Class<?> type, List<BinCodec<?>> arguments) {
	}

}
