package io.persistentconn.concurrent;

/**
 * An element was not written, since the pipe had been closed by either end.
 */
public final class PipeClosedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	PipeClosedException() {
		super("The pipe is closed (expected: open when written to)");
	}

}
