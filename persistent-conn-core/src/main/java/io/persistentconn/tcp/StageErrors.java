package io.persistentconn.tcp;

import java.util.concurrent.CompletionException;

/**
 * The errors of stages, without the wrapping that depends on how a stage was derived.
 */
final class StageErrors {

	private StageErrors() {
	}

	static Throwable unwrap(Throwable error) {
		Throwable cause = error.getCause();
		return (error instanceof CompletionException && cause != null) ? cause : error;
	}

}
