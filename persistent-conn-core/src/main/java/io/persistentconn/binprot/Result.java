package io.persistentconn.binprot;

/**
 * A value or an error, as {@code Result.t} of OCaml.
 *
 * @param <T> the type of the values
 * @param <E> the type of the errors
 */
@OcamlName("Result.t")
public sealed interface Result<T, E> {

	/**
	 * A value.
	 *
	 * @param <T> the type of the values
	 * @param <E> the type of the errors
	 * @param value the value
	 */
	record Ok<T, E>(T value) implements Result<T, E> {
	}

	/**
	 * An error; {@code Error} in OCaml.
	 *
	 * @param <T> the type of the values
	 * @param <E> the type of the errors
	 * @param error the error
	 */
	@OcamlName("Error")
	record Err<T, E>(E error) implements Result<T, E> {
	}

}
