package io.persistentconn.sample;

import java.util.Objects;

/**
 * ErrorText as people read them.
 */
final class ErrorText {

	private ErrorText() {
	}

	static String of(Throwable error) {
		return Objects.requireNonNullElseGet(error.getMessage(), error::toString);
	}

}
