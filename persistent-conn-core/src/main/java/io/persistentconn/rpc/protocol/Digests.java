package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.Md5;

/**
 * The digests of the types of an RPC, as a menu may tell them: sides whose digests are
 * equal have the same types.
 */
public sealed interface Digests {

	/** Nothing is told. */
	Digests UNKNOWN = new Unknown();

	/**
	 * Those of an RPC with one response.
	 *
	 * @param query the type of the queries
	 * @param response the type of the responses
	 */
	record Plain(Md5 query, Md5 response) implements Digests {
	}

	/**
	 * That of an RPC without response.
	 *
	 * @param message the type of the messages
	 */
	record OneWay(Md5 message) implements Digests {
	}

	/**
	 * Those of an RPC that answers with a stream.
	 *
	 * @param query the type of the queries
	 * @param initial the type of the state: {@code unit} for a pipe
	 * @param update the type of the updates
	 * @param error the type of the errors
	 */
	record Streaming(Md5 query, Md5 initial, Md5 update, Md5 error) implements Digests {
	}

	/**
	 * Nothing is told.
	 */
	record Unknown() implements Digests {
	}

}
