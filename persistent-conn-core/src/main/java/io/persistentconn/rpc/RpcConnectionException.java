package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * Why an RPC connection closed without being asked to on this side.
 */
public final class RpcConnectionException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	RpcConnectionException(RpcConnection connection, Kind kind, String what, @Nullable Throwable cause) {
		super(connection + " " + what, cause);
		this.kind = kind;
	}

	/**
	 * The kind of reason.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Kinds of reasons.
	 */
	public enum Kind {

		/** The peer closed it, with a reason or without. */
		CLOSED_BY_PEER,

		/** The peer was silent for too long. */
		NO_SIGN_OF_LIFE,

		/** The transport failed; the cause says why. */
		TRANSPORT_FAILED,

		/** The peer broke the protocol, or a policy of this side did not let it go on. */
		FAILED

	}

}
