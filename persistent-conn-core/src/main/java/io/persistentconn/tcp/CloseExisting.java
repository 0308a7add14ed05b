package io.persistentconn.tcp;

/**
 * What becomes of the clients of a server that stops or closes. Source:
 * {@code ?close_existing_connections} of the seed on TCP servers.
 */
public enum CloseExisting {

	/** They go on until they end by themselves. */
	NO,

	/**
	 * Their sockets are closed at once, without a flush. Their handlers are not stopped,
	 * but can neither read nor write any more.
	 */
	YES

}
