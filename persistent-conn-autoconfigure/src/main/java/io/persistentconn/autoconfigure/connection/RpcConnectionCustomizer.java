package io.persistentconn.autoconfigure.connection;

import io.persistentconn.autoconfigure.rpc.RpcEndBuilder;

/**
 * Adjusts how the RPC connections that are made from properties are held, and what this
 * side offers on them. All beans of this type are called, in order, after the properties
 * were applied and the implementations found.
 */
@FunctionalInterface
public interface RpcConnectionCustomizer {

	/**
	 * Adjusts one connection. Called once, when the connection is made.
	 * @param name the name of the connection
	 * @param end builds this side of it
	 */
	void customize(String name, RpcEndBuilder end);

}
