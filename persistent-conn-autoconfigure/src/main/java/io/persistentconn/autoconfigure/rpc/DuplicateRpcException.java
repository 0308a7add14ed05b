package io.persistentconn.autoconfigure.rpc;

import java.util.List;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A server or connection would offer two RPCs of the same name and version.
 */
public final class DuplicateRpcException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	DuplicateRpcException(String end, List<String> beans, IllegalArgumentException cause) {
		super(end + " cannot offer its RPCs. " + cause.getMessage()
				+ (beans.isEmpty() ? "" : ". These clash: " + String.join(", ", beans)), cause);
	}

}
