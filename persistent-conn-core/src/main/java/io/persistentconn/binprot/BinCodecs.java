package io.persistentconn.binprot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.persistentconn.binprot.FixedWidthCodec.Layout;

/**
 * The codecs of the usual types, under the names that they have in OCaml, those that are
 * made of others, and {@linkplain #of(Class) derived} ones.
 * <p>
 * Codecs throw {@link BinProtException} for values and bytes that do not fit. What they
 * read is bounded by the bytes that are there; collections and arrays that they return
 * are the caller's own, and collections keep the order of the wire.
 * <p>
 * Source: wire, section 1.
 */
public final class BinCodecs {

	/** {@code unit}. */
	public static final BinCodec<Unit> UNIT = new PrimitiveCodecs.UnitCodec();

	/** {@code bool}. */
	public static final BinCodec<Boolean> BOOL = new PrimitiveCodecs.BoolCodec();

	/** {@code char}: an octet, as the character with that number. */
	public static final BinCodec<Character> CHAR = new PrimitiveCodecs.CharCodec();

	/** {@code string} that is text, in UTF-8. */
	public static final BinCodec<String> STRING = new PrimitiveCodecs.StringCodec();

	/** {@code string} of any octets. */
	public static final BinCodec<byte[]> STRING_OCTETS = new OctetsCodec("string");

	/** {@code bytes}: any octets. */
	public static final BinCodec<byte[]> BYTES = new OctetsCodec("bytes");

	/** {@code Bigstring.t}: any octets. */
	public static final BinCodec<byte[]> BIGSTRING = new OctetsCodec("bigstring");

	/** {@code int}, which has 63 bits. */
	public static final BinCodec<Long> INT = new PrimitiveCodecs.OcamlIntCodec("int");

	/** {@code Int63.t}, which {@code Time_ns.t} and {@code Time_ns.Span.t} are too. */
	public static final BinCodec<Long> INT63 = new PrimitiveCodecs.OcamlIntCodec("int63");

	/** {@code int32}. */
	public static final BinCodec<Integer> INT32 = new PrimitiveCodecs.Int32Codec();

	/** {@code int64}. */
	public static final BinCodec<Long> INT64 = new PrimitiveCodecs.LongCodec("int64");

	/** {@code nativeint}, of 64 bits. */
	public static final BinCodec<Long> NATIVEINT = new PrimitiveCodecs.LongCodec("nativeint");

	/** {@code Nat0.t}: from 0 to 2^62 - 1. */
	public static final BinCodec<Long> NAT0 = new PrimitiveCodecs.Nat0Codec();

	/** {@code float}. */
	public static final BinCodec<Double> FLOAT = new PrimitiveCodecs.FloatCodec();

	/** {@code float array}. */
	public static final BinCodec<double[]> FLOAT_ARRAY = new NumberArrayCodecs.DoublesCodec(
			BinShape.base("array", FLOAT.shape()));

	/** {@code float64_vec}. */
	public static final BinCodec<double[]> FLOAT64_VEC = new NumberArrayCodecs.DoublesCodec(
			BinShape.base("float64_vec"));

	/** {@code float32_vec}. */
	public static final BinCodec<float[]> FLOAT32_VEC = new NumberArrayCodecs.FloatsCodec();

	/** {@code Md5.t}. */
	public static final BinCodec<Md5> MD5 = new PrimitiveCodecs.Md5Codec();

	/** {@code int_8bit}, from 0 to 255. */
	public static final BinCodec<Integer> INT_8BIT = FixedWidthCodec.ofInt("int_8bit", Layout.unsigned(1, false));

	/** {@code int_16bit}, from 0 to 65535, little-endian. */
	public static final BinCodec<Integer> INT_16BIT = FixedWidthCodec.ofInt("int_16bit", Layout.unsigned(2, false));

	/** {@code int_32bit}, from 0 to 2^32 - 1, little-endian. */
	public static final BinCodec<Long> INT_32BIT = FixedWidthCodec.ofLong("int_32bit", Layout.unsigned(4, false));

	/** {@code int_64bit}, an {@code int} of 63 bits, little-endian. */
	public static final BinCodec<Long> INT_64BIT = FixedWidthCodec.ofLong("int_64bit",
			new Layout(8, false, BinReader.MIN_OCAML_INT, BinReader.MAX_OCAML_INT));

	/** {@code int64_bits}, little-endian. */
	public static final BinCodec<Long> INT64_BITS = FixedWidthCodec.ofLong("int64_bits",
			new Layout(8, false, Long.MIN_VALUE, Long.MAX_VALUE));

	/** {@code network16_int}, from 0 to 65535, big-endian. */
	public static final BinCodec<Integer> NETWORK16_INT = FixedWidthCodec.ofInt("network16_int",
			Layout.unsigned(2, true));

	/** {@code network32_int}, from 0 to 2^32 - 1, big-endian. */
	public static final BinCodec<Long> NETWORK32_INT = FixedWidthCodec.ofLong("network32_int",
			Layout.unsigned(4, true));

	/** {@code network32_int32}, big-endian. */
	public static final BinCodec<Integer> NETWORK32_INT32 = FixedWidthCodec.ofInt("network32_int32",
			new Layout(4, true, Integer.MIN_VALUE, Integer.MAX_VALUE));

	/** {@code network64_int}, an {@code int} of 63 bits, big-endian. */
	public static final BinCodec<Long> NETWORK64_INT = FixedWidthCodec.ofLong("network64_int",
			new Layout(8, true, BinReader.MIN_OCAML_INT, BinReader.MAX_OCAML_INT));

	/** {@code network64_int64}, big-endian. */
	public static final BinCodec<Long> NETWORK64_INT64 = FixedWidthCodec.ofLong("network64_int64",
			new Layout(8, true, Long.MIN_VALUE, Long.MAX_VALUE));

	/** {@code variant_int}: the hash of a constructor of a polymorphic variant. */
	public static final BinCodec<Integer> VARIANT_INT = new VariantIntCodec();

	/** {@code Sexp.t}. */
	public static final BinCodec<Sexp> SEXP = text().of(Sexp.class);

	/** {@code Info.t}, which {@code Error.t} is too. */
	public static final BinCodec<Info> INFO = text().with(Sexp.class, SEXP).of(Info.class);

	private static final BinDerivation DERIVATION = new BinDerivation(Map.of(Sexp.class, SEXP, Info.class, INFO));

	private BinCodecs() {
	}

	private static BinDerivation text() {
		return new BinDerivation(Map.of(String.class, new PrimitiveCodecs.LenientStringCodec()));
	}

	/**
	 * Derives a codec.
	 * <table>
	 * <caption>What stands for what</caption>
	 * <tr>
	 * <td>{@code long}, {@code int}, {@code short}, {@code byte}</td>
	 * <td>{@code int}</td>
	 * </tr>
	 * <tr>
	 * <td>{@code double}, {@code boolean}, {@code char}, {@code String}</td>
	 * <td>{@code float}, {@code bool}, {@code char}, {@code string}</td>
	 * </tr>
	 * <tr>
	 * <td>{@code byte[]}</td>
	 * <td>{@code bigstring}</td>
	 * </tr>
	 * <tr>
	 * <td>{@code Optional}, {@code List}, other arrays</td>
	 * <td>{@code option}, {@code list}, {@code array}</td>
	 * </tr>
	 * <tr>
	 * <td>{@code Set}, {@code Map}</td>
	 * <td>{@code Set.t}, {@code Map.t} of Core</td>
	 * </tr>
	 * <tr>
	 * <td>record</td>
	 * <td>record; with {@link Tuple @Tuple}, and {@link Pair}, a tuple</td>
	 * </tr>
	 * <tr>
	 * <td>enum</td>
	 * <td>variant of constructors without arguments, in the order of declaration</td>
	 * </tr>
	 * <tr>
	 * <td>sealed interface of records</td>
	 * <td>variant; the components of a record are the arguments of its constructor. With
	 * {@link PolymorphicVariant @PolymorphicVariant} a polymorphic one</td>
	 * </tr>
	 * </table>
	 * Type parameters and types that contain themselves are fine. Names become those of
	 * OCaml: {@code intervalUs} is {@code interval_us}, {@code AddItem} and
	 * {@code ADD_ITEM} are {@code Add_item}, a keyword gets an underscore behind it, and
	 * {@link OcamlName @OcamlName} has the last word; {@link OcamlType @OcamlType} says
	 * where a component is an {@code int64} or the like. An OCaml constructor with an
	 * inline record, <code>Add of { name : string }</code>, is a record whose one
	 * component is a record.
	 * @param <T> the type
	 * @param type the type, which has no type parameters
	 * @return the codec; keep it, as deriving takes long
	 * @throws IllegalArgumentException if there is none; names the class, the component
	 * and what was expected
	 */
	public static <T> BinCodec<T> of(Class<T> type) {
		return DERIVATION.of(type);
	}

	/**
	 * Derives a codec for a type with type arguments, as {@link #of(Class)} does.
	 * @param <T> the type
	 * @param type such as <code>new BinType&lt;List&lt;Quote&gt;&gt;() {}</code>
	 * @return the codec
	 * @throws IllegalArgumentException if there is none; names the class, the component
	 * and what was expected
	 */
	public static <T> BinCodec<T> of(BinType<T> type) {
		return DERIVATION.of(type);
	}

	/**
	 * The derivation without codecs of yours, as a start.
	 * @return what {@link #of(Class)} derives with
	 */
	public static BinDerivation derivation() {
		return DERIVATION;
	}

	/**
	 * Starts a derivation that uses a codec of yours wherever a type is met, be it one
	 * that has none or another.
	 * @param <T> the type
	 * @param type the type, which may be primitive; it has no type parameters
	 * @param codec its codec
	 * @return the derivation
	 * @throws IllegalArgumentException if the type has type parameters
	 */
	public static <T> BinDerivation with(Class<T> type, BinCodec<T> codec) {
		return DERIVATION.with(type, codec);
	}

	/**
	 * Makes a codec for another type from one whose values stand for its values. The
	 * shape stays.
	 * @param <S> the type that is written
	 * @param <T> the type of the values
	 * @param codec writes and reads
	 * @param decode makes the value of what was read; what it throws becomes a
	 * {@link BinProtException}
	 * @param encode makes what to write of the value; called for the size and again for
	 * the bytes
	 * @return the codec
	 */
	public static <S, T> BinCodec<T> convert(BinCodec<S> codec, Function<? super S, ? extends T> decode,
			Function<? super T, ? extends S> encode) {
		return new ConvertingCodec<>(codec, codec.shape(), decode, encode);
	}

	/**
	 * Gives a codec another shape, for a type that is written like another one.
	 * @param <T> the type of the values
	 * @param codec writes and reads
	 * @param shape says what it stands for
	 * @return the codec
	 */
	public static <T> BinCodec<T> shaped(BinCodec<T> codec, BinShape shape) {
		return new ConvertingCodec<>(codec, shape, Function.identity(), Function.identity());
	}

	/**
	 * {@code 'a option}.
	 * @param <T> the type of the value
	 * @param codec of the value
	 * @return the codec
	 */
	public static <T> BinCodec<Optional<T>> option(BinCodec<T> codec) {
		return new ContainerCodecs.OptionCodec<>("option", codec);
	}

	/**
	 * {@code 'a or_null}, which is written like an option.
	 * @param <T> the type of the value
	 * @param codec of the value
	 * @return the codec
	 */
	public static <T> BinCodec<Optional<T>> orNull(BinCodec<T> codec) {
		return new ContainerCodecs.OptionCodec<>("or_null", codec);
	}

	/**
	 * {@code 'a list}.
	 * @param <T> the type of the elements
	 * @param codec of the elements
	 * @return the codec
	 */
	public static <T> BinCodec<List<T>> list(BinCodec<T> codec) {
		return new ContainerCodecs.ListCodec<>(codec);
	}

	/**
	 * {@code 'a array}. For arrays of numbers see {@link #of(Class)}, as in
	 * {@code of(long[].class)}.
	 * @param <T> the type of the elements
	 * @param codec of the elements
	 * @param factory makes an array of a length, as in {@code String[]::new}
	 * @return the codec
	 */
	public static <T> BinCodec<T[]> array(BinCodec<T> codec, IntFunction<T[]> factory) {
		return new ContainerCodecs.ArrayCodec<>(codec, factory);
	}

	/**
	 * {@code Set.t} of Core. Elements may come in any order.
	 * @param <T> the type of the elements
	 * @param codec of the elements
	 * @return the codec
	 */
	public static <T> BinCodec<Set<T>> set(BinCodec<T> codec) {
		return new ContainerCodecs.SetCodec<>(codec);
	}

	/**
	 * {@code Map.t} of Core. To read a key twice is an error.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param key of the keys
	 * @param value of the values
	 * @return the codec
	 */
	public static <K, V> BinCodec<Map<K, V>> map(BinCodec<K> key, BinCodec<V> value) {
		return new ContainerCodecs.MapCodec<>("dfb300f8-4992-11e6-9c15-73a2ac6b815c", "Map.t", key, value);
	}

	/**
	 * {@code Hashtbl.t} of Core. To read a key twice is an error.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param key of the keys
	 * @param value of the values
	 * @return the codec
	 */
	public static <K, V> BinCodec<Map<K, V>> hashtbl(BinCodec<K> key, BinCodec<V> value) {
		return new ContainerCodecs.MapCodec<>("8fabab0a-4992-11e6-8cca-9ba2c4686d9e", "Hashtbl.t", key, value);
	}

	/**
	 * {@code 'a * 'b}.
	 * @param <A> the type of the first part
	 * @param <B> the type of the second part
	 * @param first of the first part
	 * @param second of the second part
	 * @return the codec
	 */
	@SuppressWarnings("unchecked") // the derivation goes by the type
	public static <A, B> BinCodec<Pair<A, B>> pair(BinCodec<A> first, BinCodec<B> second) {
		return (BinCodec<Pair<A, B>>) DERIVATION.ofGeneric(Pair.class, first, second);
	}

	/**
	 * {@code ('a, 'b) Result.t}.
	 * @param <T> the type of the value
	 * @param <E> the type of the error
	 * @param ok of the value
	 * @param error of the error
	 * @return the codec
	 */
	@SuppressWarnings("unchecked") // the derivation goes by the type
	public static <T, E> BinCodec<Result<T, E>> result(BinCodec<T> ok, BinCodec<E> error) {
		return (BinCodec<Result<T, E>>) DERIVATION.ofGeneric(Result.class, ok, error);
	}

	/**
	 * {@code 'a Or_error.t}.
	 * @param <T> the type of the value
	 * @param ok of the value
	 * @return the codec
	 */
	public static <T> BinCodec<Result<T, Info>> orError(BinCodec<T> ok) {
		return result(ok, INFO);
	}

	/**
	 * {@code ('a, 'b) Either.t}.
	 * @param <A> the type of the first kind
	 * @param <B> the type of the second kind
	 * @param first of the first kind
	 * @param second of the second kind
	 * @return the codec
	 */
	@SuppressWarnings("unchecked") // the derivation goes by the type
	public static <A, B> BinCodec<Either<A, B>> either(BinCodec<A> first, BinCodec<B> second) {
		return (BinCodec<Either<A, B>>) DERIVATION.ofGeneric(Either.class, first, second);
	}

	/**
	 * {@code 'a ref}, which is written like the value in it. An {@code 'a Lazy.t} even
	 * has the same shape as its value, so it needs no codec of its own.
	 * @param <T> the type of the value
	 * @param codec of the value
	 * @return the codec
	 */
	public static <T> BinCodec<T> ref(BinCodec<T> codec) {
		return shaped(codec, BinShape.base("ref", codec.shape()));
	}

}
