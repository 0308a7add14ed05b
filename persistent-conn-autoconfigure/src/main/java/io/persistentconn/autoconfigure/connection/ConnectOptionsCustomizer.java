package io.persistentconn.autoconfigure.connection;

import io.persistentconn.tcp.ConnectOptions;

/**
 * Adjusts how the connections that are made from properties connect. All beans of this
 * type are called, in order, after the properties were applied.
 */
@FunctionalInterface
public interface ConnectOptionsCustomizer {

	/**
	 * Adjusts the options of one connection. Called once, when the connection is made.
	 * @param name the name of the connection
	 * @param options what the properties and the customizers before say
	 * @return the options to use
	 */
	ConnectOptions customize(String name, ConnectOptions options);

}
