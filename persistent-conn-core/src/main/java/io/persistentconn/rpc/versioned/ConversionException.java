package io.persistentconn.rpc.versioned;

import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * A value was not converted between a version of an RPC and the model, since the
 * conversion threw or gave {@code null}.
 */
public final class ConversionException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final transient RpcId rpc;

	ConversionException(RpcId rpc, String part, Throwable cause) {
		super(rpc + ": the " + part + " was not converted: " + cause, cause);
		this.rpc = rpc;
	}

	/**
	 * Which version it was.
	 * @return name and version
	 */
	public RpcId rpc() {
		return this.rpc;
	}

}
