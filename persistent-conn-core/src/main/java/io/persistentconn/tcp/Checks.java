package io.persistentconn.tcp;

import java.time.Duration;

/**
 * Refuses bad arguments with messages that name the value and what was expected.
 */
final class Checks {

	private static final Duration LONGEST = Duration.ofDays(36525);

	private Checks() {
	}

	static Duration positive(String name, Duration value) {
		if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: > 0, at most 100 years)");
		}
		return value;
	}

	static int notNegative(String name, int value) {
		if (value < 0) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
		}
		return value;
	}

	static int atLeastOne(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
		}
		return value;
	}

}
