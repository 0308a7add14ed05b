package io.persistentconn.autoconfigure.metrics;

import io.persistentconn.rpc.RpcConnectionException;
import io.persistentconn.tcp.BufferAgeLimitException;
import io.persistentconn.tcp.ConnectionResetException;
import io.persistentconn.tcp.KeepAliveTimeoutException;
import io.persistentconn.tcp.PeerClosedException;
import io.persistentconn.tcp.ReadIdleTimeoutException;
import io.persistentconn.tcp.UserTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Why connections are gone, in so few values that they can be a tag.
 */
enum DisconnectReason {

	/** This side closed it. */
	CLOSED("closed"),

	/** The peer closed it in good order. */
	PEER_CLOSED("peer-closed"),

	/** It broke. */
	RESET("reset"),

	/** The peer was silent, or did not take bytes, for too long. */
	TIMEOUT("timeout"),

	/** Anything else. */
	ERROR("error");

	private final String tag;

	DisconnectReason(String tag) {
		this.tag = tag;
	}

	String tag() {
		return this.tag;
	}

	static DisconnectReason of(@Nullable Throwable reason) {
		if (reason == null) {
			return CLOSED;
		}
		if (reason instanceof RpcConnectionException rpc) {
			return of(rpc);
		}
		if (reason instanceof PeerClosedException) {
			return PEER_CLOSED;
		}
		if (reason instanceof ConnectionResetException) {
			return RESET;
		}
		boolean timeout = reason instanceof ReadIdleTimeoutException || reason instanceof UserTimeoutException
				|| reason instanceof KeepAliveTimeoutException || reason instanceof BufferAgeLimitException;
		return timeout ? TIMEOUT : ERROR;
	}

	private static DisconnectReason of(RpcConnectionException reason) {
		return switch (reason.kind()) {
			case CLOSED_BY_PEER -> PEER_CLOSED;
			case NO_SIGN_OF_LIFE -> TIMEOUT;
			case TRANSPORT_FAILED -> (reason.getCause() != null) ? of(reason.getCause()) : ERROR;
			case FAILED -> ERROR;
		};
	}

}
