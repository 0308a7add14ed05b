package io.persistentconn.durable;

/**
 * What happens to a durable subscription whose reader does not keep up, once its buffer
 * is full. Source: rule R5.
 */
public enum Overflow {

	/**
	 * Nothing more is read from the whole connection, other calls included, until there
	 * is room: the server is slowed down, and no update is missed.
	 */
	PUSHBACK,

	/**
	 * The stream ends: its reader gets what is buffered and then a
	 * {@link io.persistentconn.rpc.SlowConsumerException}.
	 */
	CLOSE,

	/**
	 * The subscription is given up and what is buffered of it dropped: the reader is told
	 * that the connection is lost, and after the delay gets a new state.
	 */
	RESUBSCRIBE

}
