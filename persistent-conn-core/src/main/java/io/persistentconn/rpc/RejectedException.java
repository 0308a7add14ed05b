package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * A query for a stream that was rejected, for those who expect a yes.
 */
public final class RejectedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Object error;

	/**
	 * Creates an exception.
	 * @param error what came with the rejection
	 */
	public RejectedException(@Nullable Object error) {
		super("The server rejected the query: " + error);
		this.error = error;
	}

	/**
	 * Why the query was rejected.
	 * @return what came with the rejection, of the RPC's own type of errors
	 */
	public @Nullable Object error() {
		return this.error;
	}

}
