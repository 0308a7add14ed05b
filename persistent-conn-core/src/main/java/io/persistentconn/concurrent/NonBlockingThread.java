package io.persistentconn.concurrent;

/**
 * Marks threads that must never wait, such as those of event loops: waiting there would
 * stop the very events that are waited for.
 */
public interface NonBlockingThread {

	/**
	 * Refuses to let such a thread wait.
	 * @param operation what was about to block, for the message
	 * @throws IllegalStateException if the current thread is a {@code NonBlockingThread}
	 */
	static void check(String operation) {
		if (Thread.currentThread() instanceof NonBlockingThread) {
			throw new IllegalStateException(
					operation + " would block the event loop thread " + Thread.currentThread().getName());
		}
	}

}
