package io.persistentconn.autoconfigure.beans;

import java.util.List;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * Several beans could be meant for an entry.
 */
public final class AmbiguousEntryBeanException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	AmbiguousEntryBeanException(String entry, Class<?> type, List<String> candidates) {
		super("'" + entry + "' needs one " + type.getSimpleName() + ", but these beans could all be meant: "
				+ String.join(", ", candidates));
	}

}
