package io.persistentconn.concurrent;

/**
 * An alarm that can be switched off, or a listener that can be taken away. Cancelling is
 * idempotent, may be done from any thread, and releases what was registered.
 */
@FunctionalInterface
public interface Cancellable {

	/**
	 * Prevents what has not happened yet.
	 */
	void cancel();

}
