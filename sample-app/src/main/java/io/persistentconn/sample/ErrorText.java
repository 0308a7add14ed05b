package io.persistentconn.sample;

import java.util.Objects;
import java.util.concurrent.CompletionException;

/**
 * Errors as people read them.
 */
final class ErrorText {

	private ErrorText() {
	}

	static String of(Throwable error) {
		Throwable cause = error.getCause();
		if (error instanceof CompletionException && cause != null) {
			return of(cause);
		}
		return Objects.requireNonNullElseGet(error.getMessage(), error::toString);
	}

}
