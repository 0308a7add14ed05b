package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * A stream ended because its reader did not keep up with it. Source: rule R5.
 */
public final class SlowConsumerException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	SlowConsumerException(RpcId rpc, int maxBuffered) {
		super("The reader of " + rpc + " is too slow: more than " + maxBuffered
				+ " updates are buffered (expected: at most that many)");
	}

}
