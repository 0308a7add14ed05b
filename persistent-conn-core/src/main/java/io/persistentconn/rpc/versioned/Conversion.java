package io.persistentconn.rpc.versioned;

import java.util.Objects;
import java.util.function.Function;

import io.persistentconn.binprot.Result;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * A conversion of the application's, which may throw, together with where it belongs.
 *
 * @param rpc a version of an RPC
 * @param part what of it is converted, for messages
 * @param function converts
 * @param <T> the type that is converted
 * @param <U> the type that it is converted to
 */
record Conversion<T, U>(RpcId rpc, String part, Function<? super T, ? extends U> function) implements Function<T, U> {

	/** Throws {@link ConversionException}. */
	@Override
	public U apply(T value) {
		try {
			return Objects.requireNonNull(this.function.apply(value), "the result (expected: not null)");
		}
		catch (RuntimeException ex) {
			throw new ConversionException(this.rpc, this.part, ex);
		}
	}

	/** Throws nothing. */
	Result<U, ConversionException> attempt(T value) {
		try {
			return new Result.Ok<>(apply(value));
		}
		catch (ConversionException ex) {
			return new Result.Err<>(ex);
		}
	}

}
