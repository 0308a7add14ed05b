package io.persistentconn.rpc;

/**
 * Sees all calls over a connection before they are made, in both directions: to trace,
 * count, refuse, or send something along. Used by many threads at a time, and by any
 * number of connections; must not block. Source: rules R9 and R10.
 *
 * @see RpcOptions#withInterceptors
 */
public interface RpcInterceptor {

	/**
	 * A call of this side is about to be sent. Called on the caller's thread. If it
	 * throws, the call is not sent, and fails with what was thrown.
	 * @param call the call, whose metadata may be changed; to be used during the method
	 * only
	 * @return is told of the end of the call; {@link CallListener#NONE} by default
	 */
	default CallListener dispatching(OutgoingCall call) {
		return CallListener.NONE;
	}

	/**
	 * A call of the peer is about to be handed to its implementation; an RPC that is not
	 * implemented is not shown. Called on the owner of the connection. If it throws, the
	 * handler is not called: with {@link NotAuthorizedException} the caller sees an
	 * {@link io.persistentconn.rpc.protocol.RpcError.AuthorizationFailure}; anything else
	 * is treated as if the handler had thrown it.
	 * @param call the call
	 * @return is told when the handler is called, and of the end of the call;
	 * {@link CallListener#NONE} by default
	 */
	default CallListener serving(IncomingCall call) {
		return CallListener.NONE;
	}

}
