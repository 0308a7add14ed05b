package io.persistentconn.binprot;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shows values as the real {@code sexp_of} does, to compare them with the recordings.
 */
final class OcamlSexp {

	private OcamlSexp() {
	}

	static Sexp of(Object value) {
		if (value instanceof Sexp sexp) {
			return sexp;
		}
		if (value instanceof Info info) {
			return info.toSexp();
		}
		if (value instanceof Unit) {
			return Sexp.of();
		}
		if (value instanceof Double number) {
			return Sexp.of(number(number));
		}
		if (value instanceof Float number) {
			return Sexp.of(number(number.doubleValue()));
		}
		if (value instanceof byte[] octets) {
			return Sexp.of(new String(octets, StandardCharsets.UTF_8));
		}
		if (value instanceof Enum<?> constant) {
			return Sexp.of(OcamlNames.constructor(constant));
		}
		Stream<?> elements = elements(value);
		if (elements != null) {
			return list(elements.map(OcamlSexp::of));
		}
		if (value.getClass().isRecord() && !(value instanceof Md5)) {
			return record(value);
		}
		return Sexp.of(value.toString());
	}

	private static Stream<?> elements(Object value) {
		if (value instanceof Optional<?> option) {
			return option.stream();
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream();
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet().stream().map((entry) -> new Pair<>(entry.getKey(), entry.getValue()));
		}
		if (value instanceof Object[] array) {
			return Arrays.stream(array);
		}
		if (value instanceof double[] array) {
			return Arrays.stream(array).boxed();
		}
		if (value instanceof float[] array) {
			return IntStream.range(0, array.length).mapToObj((i) -> array[i]);
		}
		return (value instanceof long[] array) ? Arrays.stream(array).boxed() : null;
	}

	private static Sexp list(Stream<Sexp> items) {
		return new Sexp.List(items.toList());
	}

	private static Sexp record(Object value) {
		RecordComponent[] components = value.getClass().getRecordComponents();
		List<Object> parts = Arrays.stream(components).map((component) -> get(component, value)).toList();
		Class<?> variant = Arrays.stream(value.getClass().getInterfaces())
			.filter(Class::isSealed)
			.findFirst()
			.orElse(null);
		if (variant != null) {
			return constructor(value.getClass(), parts, variant.isAnnotationPresent(PolymorphicVariant.class));
		}
		if (value.getClass().isAnnotationPresent(Tuple.class)) {
			return list(parts.stream().map(OcamlSexp::of));
		}
		return list(IntStream.range(0, components.length)
			.mapToObj((i) -> Sexp.of(Sexp.of(OcamlNames.field(components[i])), of(parts.get(i)))));
	}

	private static Sexp constructor(Class<?> type, List<Object> arguments, boolean polymorphic) {
		Sexp name = Sexp.of(OcamlNames.constructor(type));
		if (arguments.isEmpty()) {
			return name;
		}
		List<Sexp> items = new ArrayList<>(List.of(name));
		if (polymorphic && arguments.size() > 1) {
			items.add(list(arguments.stream().map(OcamlSexp::of)));
		}
		else if (arguments.get(0) instanceof OcamlTypes.Inline) {
			items.addAll(((Sexp.List) of(arguments.get(0))).items());
		}
		else {
			arguments.forEach((argument) -> items.add(of(argument)));
		}
		return new Sexp.List(items);
	}

	private static Object get(RecordComponent component, Object record) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(record);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The shorter of {@code %.15G} and {@code %.17G} that does not change the value. */
	private static String number(double value) {
		if (Double.isNaN(value)) {
			return "NAN";
		}
		if (Double.isInfinite(value)) {
			return (value > 0) ? "INF" : "-INF";
		}
		if (value == 0) {
			return (1 / value > 0) ? "0" : "-0";
		}
		BigDecimal rounded = new BigDecimal(value).round(new MathContext(15));
		BigDecimal decimal = ((rounded.doubleValue() == value) ? rounded
				: new BigDecimal(value).round(new MathContext(17)))
			.stripTrailingZeros();
		int exponent = decimal.precision() - decimal.scale() - 1;
		if (exponent >= -4 && exponent < 15) {
			return decimal.toPlainString();
		}
		String digits = decimal.unscaledValue().abs().toString();
		String mantissa = (digits.length() > 1) ? digits.charAt(0) + "." + digits.substring(1) : digits;
		return ((value < 0) ? "-" : "") + mantissa + "E" + ((exponent < 0) ? "-" : "+")
				+ ((Math.abs(exponent) < 10) ? "0" : "") + Math.abs(exponent);
	}

}
