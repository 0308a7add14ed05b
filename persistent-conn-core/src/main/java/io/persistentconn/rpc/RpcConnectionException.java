package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * Why an RPC connection closed without being asked to on this side.
 */
public final class RpcConnectionException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	RpcConnectionException(RpcConnection connection, String what, @Nullable Throwable cause) {
		super(connection + " " + what, cause);
	}

}
