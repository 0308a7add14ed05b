package io.persistentconn.binprot;

/**
 * One of two, as {@code Either.t} of OCaml.
 *
 * @param <A> the type of the first kind
 * @param <B> the type of the second kind
 */
@OcamlName("Either.t")
public sealed interface Either<A, B> {

	/**
	 * One of the first kind.
	 *
	 * @param <A> the type of the first kind
	 * @param <B> the type of the second kind
	 * @param value the value
	 */
	record First<A, B>(A value) implements Either<A, B> {
	}

	/**
	 * One of the second kind.
	 *
	 * @param <A> the type of the first kind
	 * @param <B> the type of the second kind
	 * @param value the value
	 */
	record Second<A, B>(B value) implements Either<A, B> {
	}

}
