package io.persistentconn.autoconfigure.properties;

/**
 * What is spoken on a connection.
 */
public enum Protocol {

	/** Bytes: the application reads and writes them itself. */
	TCP,

	/** Calls of both ends: the application implements and calls RPCs. */
	RPC

}
