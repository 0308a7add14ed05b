package io.persistentconn.rpc;

import java.util.List;

/**
 * Shows the calls over one connection to the interceptors, in order. Used by any thread.
 */
final class Interception {

	private final RpcConnection connection;

	private final List<RpcInterceptor> interceptors;

	Interception(RpcConnection connection, List<RpcInterceptor> interceptors) {
		this.connection = connection;
		this.interceptors = interceptors;
	}

	/** Whether there is nobody to show calls to. */
	boolean isNone() {
		return this.interceptors.isEmpty();
	}

	/**
	 * Shows a call of this side. If that fails, so does the call.
	 * @return whether it may be sent
	 */
	boolean dispatching(OpenCall<?> call) {
		OutgoingCall outgoing = new OutgoingCall(this.connection, call.rpc(), call.kind(), call.metadata());
		CallListeners listeners = new CallListeners();
		call.intercepted(listeners);
		try {
			for (RpcInterceptor interceptor : this.interceptors) {
				listeners.add(interceptor.dispatching(outgoing));
			}
		}
		catch (Throwable ex) {
			call.completeExceptionally(ex);
			return false;
		}
		call.replaceMetadata(outgoing.metadata().orElse(null));
		return true;
	}

	/** Shows a call of the peer. Throws what an interceptor does. */
	void serving(IncomingCall call, CallListeners listeners) {
		for (RpcInterceptor interceptor : this.interceptors) {
			listeners.add(interceptor.serving(call));
		}
	}

}
