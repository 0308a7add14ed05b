package io.persistentconn.autoconfigure.connection;

import io.persistentconn.connection.PersistentConnectionBuilder;

/**
 * Adjusts the persistent connections that are made from properties. All beans of this
 * type are called, in order, after the properties were applied.
 */
@FunctionalInterface
public interface PersistentConnectionCustomizer {

	/**
	 * Adjusts one connection before it is built.
	 * @param name the name of the connection
	 * @param builder builds it
	 */
	void customize(String name, PersistentConnectionBuilder<?, ?> builder);

}
