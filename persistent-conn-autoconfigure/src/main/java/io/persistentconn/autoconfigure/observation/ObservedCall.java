package io.persistentconn.autoconfigure.observation;

import io.persistentconn.rpc.RpcKind;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * What is known of a call that is observed. The context of its observation is a
 * {@link RpcClientContext} or an {@link RpcServerContext}.
 */
public sealed interface ObservedCall permits RpcClientContext, RpcServerContext {

	/**
	 * Over which connection the call is made, or which server it reached.
	 * @return the name of the entry in the properties
	 */
	String name();

	/**
	 * Which RPC is called.
	 * @return name and version of an RPC that this side knows
	 */
	RpcId rpc();

	/**
	 * How it is answered.
	 * @return the kind of the RPC
	 */
	RpcKind kind();

	/**
	 * How the call ended.
	 * @return {@link CallOutcome#UNKNOWN} until it has
	 */
	CallOutcome outcome();

}
