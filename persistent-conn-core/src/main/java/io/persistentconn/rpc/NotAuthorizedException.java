package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * Thrown by a handler, or what its stage fails with, to refuse a caller, who then sees an
 * {@link io.persistentconn.rpc.protocol.RpcError.AuthorizationFailure}. Source: rule R10.
 */
public final class NotAuthorizedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates a refusal.
	 * @param message why, which the caller sees
	 */
	public NotAuthorizedException(String message) {
		super(message);
	}

}
