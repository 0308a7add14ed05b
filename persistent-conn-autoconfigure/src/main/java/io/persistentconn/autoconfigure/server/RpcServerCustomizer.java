package io.persistentconn.autoconfigure.server;

import io.persistentconn.autoconfigure.rpc.RpcEndBuilder;

/**
 * Adjusts what the RPC servers that are made from properties offer, and how they hold
 * their connections; their sockets are adjusted by {@link TcpServerCustomizer}. All beans
 * of this type are called, in order, after the properties were applied and the
 * implementations found.
 */
@FunctionalInterface
public interface RpcServerCustomizer {

	/**
	 * Adjusts one server before it is built.
	 * @param name the name of the server
	 * @param end builds the server's side of its connections
	 */
	void customize(String name, RpcEndBuilder end);

}
