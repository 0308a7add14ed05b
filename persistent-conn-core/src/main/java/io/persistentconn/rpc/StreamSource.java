package io.persistentconn.rpc;

/**
 * Where the updates of a {@link ServedStream} come from. Called by the owner.
 */
interface StreamSource {

	/** The stream was accepted: updates may go out. */
	void begin();

	/** The connection closes: what is there already goes out, as far as possible. */
	void flush();

	/** The stream has ended: nothing can go out any more. May be called again. */
	void stop();

}
