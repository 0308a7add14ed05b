package io.persistentconn.connection;

import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * Two errors are the same if their classes, messages and causes are, whatever their stack
 * traces (rule C3).
 */
final class SameError implements BiPredicate<Throwable, Throwable> {

	/** Cause chains may be circular, and nobody reads further than this. */
	private static final int DEPTH = 32;

	@Override
	public boolean test(Throwable first, Throwable second) {
		Throwable one = first;
		Throwable other = second;
		for (int i = 0; i < DEPTH && one != null && other != null; i++) {
			if (one.getClass() != other.getClass() || !Objects.equals(one.getMessage(), other.getMessage())) {
				return false;
			}
			one = one.getCause();
			other = other.getCause();
		}
		return (one == null) == (other == null);
	}

}
