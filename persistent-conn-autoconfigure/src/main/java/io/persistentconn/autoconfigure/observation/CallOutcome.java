package io.persistentconn.autoconfigure.observation;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import io.persistentconn.rpc.NotAuthorizedException;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.RpcTimeoutException;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended, in so few values that they can be a tag.
 */
public enum CallOutcome {

	/** It has not ended. */
	UNKNOWN,

	/** There is an answer, which the rejection of a stream is, too. */
	SUCCESS,

	/** The caller was refused. */
	NOT_AUTHORIZED,

	/** There was no answer in time. */
	TIMEOUT,

	/** The caller wanted no answer any more. */
	CANCELLED,

	/** The connection was closed. */
	CONNECTION_CLOSED,

	/** Anything else. */
	ERROR;

	/**
	 * The value of the tag.
	 * @return for example {@code connection-closed}
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static CallOutcome of(@Nullable Throwable error) {
		if (error == null) {
			return SUCCESS;
		}
		if (error instanceof RpcException failed) {
			return of(failed.error());
		}
		if (error instanceof NotAuthorizedException) {
			return NOT_AUTHORIZED;
		}
		if (error instanceof RpcTimeoutException || error instanceof TimeoutException) {
			return TIMEOUT;
		}
		return (error instanceof CancellationException) ? CANCELLED : ERROR;
	}

	private static CallOutcome of(RpcError error) {
		if (error instanceof RpcError.AuthorizationFailure) {
			return NOT_AUTHORIZED;
		}
		return (error instanceof RpcError.ConnectionClosed) ? CONNECTION_CLOSED : ERROR;
	}

}
