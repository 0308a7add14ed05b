package io.persistentconn.binprot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The codecs of the types that are one value, by type, and by the type's name in OCaml
 * where it is not the usual one.
 */
final class Singles {

	private static final Map<Class<?>, BinCodec<?>> CODECS = codecs();

	private static final Map<String, BinCodec<?>> NAMED = named();

	private Singles() {
	}

	static @Nullable BinCodec<?> of(Class<?> type) {
		return CODECS.get(type);
	}

	static @Nullable BinCodec<?> of(Class<?> type, String name) {
		return NAMED.get(type.getName() + " as " + name);
	}

	private static Map<String, BinCodec<?>> named() {
		Map<String, BinCodec<?>> codecs = new HashMap<>();
		List.of(BinCodecs.INT, BinCodecs.INT63, BinCodecs.INT64, BinCodecs.NATIVEINT, BinCodecs.NAT0,
				BinCodecs.INT_32BIT, BinCodecs.INT_64BIT, BinCodecs.INT64_BITS, BinCodecs.NETWORK32_INT,
				BinCodecs.NETWORK64_INT, BinCodecs.NETWORK64_INT64)
			.forEach((codec) -> add(long.class, codec, codecs));
		List.of(BinCodecs.INT32, BinCodecs.INT_8BIT, BinCodecs.INT_16BIT, BinCodecs.NETWORK16_INT,
				BinCodecs.NETWORK32_INT32, BinCodecs.VARIANT_INT)
			.forEach((codec) -> add(int.class, codec, codecs));
		List.of(BinCodecs.STRING_OCTETS, BinCodecs.BYTES, BinCodecs.BIGSTRING)
			.forEach((codec) -> add(byte[].class, codec, codecs));
		add(double[].class, BinCodecs.FLOAT64_VEC, codecs);
		add(float[].class, BinCodecs.FLOAT32_VEC, codecs);
		return codecs;
	}

	private static void add(Class<?> type, BinCodec<?> codec, Map<String, BinCodec<?>> codecs) {
		codecs.put(type.getName() + " as " + codec.shape().ocamlType(), codec);
	}

	private static Map<Class<?>, BinCodec<?>> codecs() {
		Map<Class<?>, BinCodec<?>> codecs = new HashMap<>();
		codecs.put(Unit.class, BinCodecs.UNIT);
		add(long.class, Long.class, BinCodecs.INT, codecs);
		add(int.class, Integer.class, new SmallIntCodec<>(Integer.MIN_VALUE, Integer.MAX_VALUE, (value) -> (int) value),
				codecs);
		add(short.class, Short.class, new SmallIntCodec<>(Short.MIN_VALUE, Short.MAX_VALUE, (value) -> (short) value),
				codecs);
		add(byte.class, Byte.class, new SmallIntCodec<>(Byte.MIN_VALUE, Byte.MAX_VALUE, (value) -> (byte) value),
				codecs);
		add(double.class, Double.class, BinCodecs.FLOAT, codecs);
		add(boolean.class, Boolean.class, BinCodecs.BOOL, codecs);
		add(char.class, Character.class, BinCodecs.CHAR, codecs);
		codecs.put(String.class, BinCodecs.STRING);
		codecs.put(byte[].class, BinCodecs.BIGSTRING);
		codecs.put(long[].class, new NumberArrayCodecs.LongsCodec());
		codecs.put(int[].class, new NumberArrayCodecs.IntsCodec());
		codecs.put(double[].class, BinCodecs.FLOAT_ARRAY);
		codecs.put(Md5.class, BinCodecs.MD5);
		return codecs;
	}

	private static <T> void add(Class<?> primitive, Class<T> box, BinCodec<T> codec,
			Map<Class<?>, BinCodec<?>> codecs) {
		codecs.put(primitive, codec);
		codecs.put(box, codec);
	}

}
