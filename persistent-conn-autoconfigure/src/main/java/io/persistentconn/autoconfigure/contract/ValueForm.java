package io.persistentconn.autoconfigure.contract;

import java.util.Optional;

import io.persistentconn.binprot.Unit;
import org.jspecify.annotations.Nullable;

/**
 * How an argument or a result of a method is written.
 */
public enum ValueForm {

	/** As it is. */
	PLAIN {

		@Override
		public Object toWire(@Nullable Object value, Object what) {
			if (value == null) {
				throw new IllegalArgumentException(
						what + ": null (expected: a value, as it is not declared @Nullable)");
			}
			return value;
		}

		@Override
		public @Nullable Object fromWire(Object value) {
			return value;
		}

	},

	/** As an option. */
	NULLABLE {

		@Override
		public Object toWire(@Nullable Object value, Object what) {
			return Optional.ofNullable(value);
		}

		@Override
		public @Nullable Object fromWire(Object value) {
			return ((Optional<?>) value).orElse(null);
		}

	},

	/** Not at all, as there is none. */
	VOID {

		@Override
		public Object toWire(@Nullable Object value, Object what) {
			return Unit.UNIT;
		}

		@Override
		public @Nullable Object fromWire(Object value) {
			return null;
		}

	};

	/**
	 * What stands for a value.
	 * @param value the value
	 * @param what names it
	 * @return what to write
	 * @throws IllegalArgumentException if it is {@code null} and may not be
	 */
	public abstract Object toWire(@Nullable Object value, Object what);

	/**
	 * The value that something stands for.
	 * @param value what was read
	 * @return the value
	 */
	public abstract @Nullable Object fromWire(Object value);

}
