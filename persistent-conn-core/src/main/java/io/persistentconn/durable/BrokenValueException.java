package io.persistentconn.durable;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A value that was just created or rebuilt was broken already. Source: rule D1.
 */
public final class BrokenValueException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	BrokenValueException(Object value) {
		super(value + " was just built and is broken (expected: intact)");
	}

}
