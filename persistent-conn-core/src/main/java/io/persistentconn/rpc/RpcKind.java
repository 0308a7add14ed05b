package io.persistentconn.rpc;

/**
 * The kinds of RPCs. Source: rule R3.
 */
public enum RpcKind {

	/** One answer: {@link Rpc}. */
	UNARY,

	/** No answer: {@link OneWayRpc}. */
	ONE_WAY,

	/** A stream: {@link PipeRpc}. */
	PIPE,

	/** A state, then a stream of its updates: {@link StateRpc}. */
	STATE

}
