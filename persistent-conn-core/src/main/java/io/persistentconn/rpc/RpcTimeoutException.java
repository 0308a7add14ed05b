package io.persistentconn.rpc;

import java.time.Duration;

import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * A call was not answered in time, see {@link RpcOptions#withCallTimeout}. Its outcome is
 * unknown: the peer may have carried it out, or may do so yet. It is not told. Source:
 * rule R12.
 */
public final class RpcTimeoutException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final Duration timeout;

	RpcTimeoutException(RpcId rpc, RpcConnection connection, Duration timeout) {
		super(rpc + " over " + connection + ": no answer within " + timeout + "; the outcome is unknown");
		this.timeout = timeout;
	}

	/**
	 * How long the answer was waited for.
	 * @return the timeout
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
