package io.persistentconn.rpc;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * A stream ended because its reader did not keep up with it. Source: rule R5.
 */
public final class SlowConsumerException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an error.
	 * @param stream which stream is read too slowly
	 * @param maxBuffered how many updates of it may be buffered
	 */
	public SlowConsumerException(String stream, int maxBuffered) {
		super("The reader of " + stream + " is too slow: more than " + maxBuffered
				+ " updates are buffered (expected: at most that many)");
	}

}
