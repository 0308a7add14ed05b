package io.persistentconn.autoconfigure.properties;

/**
 * What is spoken on a connection.
 */
public enum Protocol {

	/** Bytes: the application reads and writes them itself. */
	TCP

}
