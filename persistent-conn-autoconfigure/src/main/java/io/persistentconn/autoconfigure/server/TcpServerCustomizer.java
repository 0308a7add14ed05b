package io.persistentconn.autoconfigure.server;

import io.persistentconn.tcp.TcpServerBuilder;

/**
 * Adjusts the sockets of the servers that are made from properties, of TCP and of RPC
 * servers. All beans of this type are called, in order, after the properties were
 * applied.
 */
@FunctionalInterface
public interface TcpServerCustomizer {

	/**
	 * Adjusts one server before it is built.
	 * @param name the name of the server
	 * @param builder builds it
	 */
	void customize(String name, TcpServerBuilder<?, ?> builder);

}
