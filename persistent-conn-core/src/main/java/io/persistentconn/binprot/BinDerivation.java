package io.persistentconn.binprot;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives codecs with the help of the user's codecs: see {@link BinCodecs#of(Class)} and
 * {@link BinCodecs#with}. Immutable.
 */
public final class BinDerivation {

	private final Map<Class<?>, BinCodec<?>> given;

	BinDerivation(Map<Class<?>, BinCodec<?>> given) {
		this.given = given;
	}

	/**
	 * Uses a codec wherever a type is met.
	 * @param <T> the type
	 * @param type the type, which may be primitive; it has no type parameters
	 * @param codec its codec, used instead of any other
	 * @return a derivation that also uses that codec
	 * @throws IllegalArgumentException if the type has type parameters
	 */
	public <T> BinDerivation with(Class<T> type, BinCodec<T> codec) {
		if (type.getTypeParameters().length > 0) {
			throw new IllegalArgumentException(type.getName() + " has type parameters (expected: a type without)");
		}
		Map<Class<?>, BinCodec<?>> more = new HashMap<>(this.given);
		more.put(type, codec);
		return new BinDerivation(more);
	}

	/**
	 * Derives a codec, as {@link BinCodecs#of(Class)} does.
	 * @param <T> the type
	 * @param type the type, which has no type parameters
	 * @return the codec
	 * @throws IllegalArgumentException if there is none; names the class, the component
	 * and what was expected
	 */
	@SuppressWarnings("unchecked") // the derivation goes by the type
	public <T> BinCodec<T> of(Class<T> type) {
		return (BinCodec<T>) ofType(type);
	}

	/**
	 * Derives a codec, as {@link BinCodecs#of(BinType)} does.
	 * @param <T> the type
	 * @param type the type with its type arguments
	 * @return the codec
	 * @throws IllegalArgumentException if there is none; names the class, the component
	 * and what was expected
	 */
	@SuppressWarnings("unchecked") // the derivation goes by the type
	public <T> BinCodec<T> of(BinType<T> type) {
		return (BinCodec<T>) ofType(type.type());
	}

	/**
	 * Derives a codec for a type as reflection tells it.
	 * @param type the type with its type arguments
	 * @return the codec
	 * @throws IllegalArgumentException if there is none; names the class, the component
	 * and what was expected
	 */
	public BinCodec<?> ofType(Type type) {
		return new CodecDerivation(this.given).derive(type);
	}

	BinCodec<?> ofGeneric(Class<?> type, BinCodec<?>... arguments) {
		return new CodecDerivation(this.given).codec(type, List.of(arguments), type.getName());
	}

}
