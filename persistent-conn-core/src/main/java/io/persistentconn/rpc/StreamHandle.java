package io.persistentconn.rpc;

/**
 * Ends a stream whose updates a {@link StreamHandler} takes.
 */
@FunctionalInterface
public interface StreamHandle {

	/**
	 * Wants no more updates: the handler is not called any more, and the server is told.
	 * May be called from any thread, and again.
	 */
	void abort();

}
