package io.persistentconn.rpc.versioned;

import java.util.function.Function;

import io.persistentconn.rpc.Outcome;

/**
 * Converts what a server says to a query for a stream.
 */
final class ConvertedOutcome {

	private ConvertedOutcome() {
	}

	static <T, E, U, F> Outcome<U, F> of(Outcome<? extends T, E> outcome, Function<? super T, ? extends U> onAccepted,
			Function<? super E, ? extends F> onRejected) {
		if (outcome instanceof Outcome.Rejected<? extends T, E> rejected) {
			return Outcome.rejected(onRejected.apply(rejected.error()));
		}
		return Outcome.accepted(onAccepted.apply(outcome.orElseThrow()));
	}

}
