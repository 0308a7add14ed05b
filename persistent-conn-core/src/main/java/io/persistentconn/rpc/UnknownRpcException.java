package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * A peer called an RPC that this side does not implement. See
 * {@link UnknownRpcPolicy#raise()}.
 */
public final class UnknownRpcException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	UnknownRpcException(RpcId rpc) {
		super("RPC " + rpc + " was called (expected: one that is implemented)");
	}

}
