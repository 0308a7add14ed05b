package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed. Source: rule R4.
 */
public final class RpcException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final transient RpcError error;

	/**
	 * Creates an exception.
	 * @param call which call of which RPC over which connection
	 * @param error why it failed
	 * @param cause what was thrown on this side, or {@code null}
	 */
	public RpcException(String call, RpcError error, @Nullable Throwable cause) {
		super(call + ": " + error, cause);
		this.error = error;
	}

	/**
	 * Why the call failed.
	 * @return the error, in which {@link RpcError.ConnectionClosed} tells whether the
	 * call may have been carried out all the same
	 */
	public RpcError error() {
		return this.error;
	}

}
