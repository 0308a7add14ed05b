package io.persistentconn.rpc;

import io.persistentconn.binprot.BinReader;

/**
 * The part of an implementation that depends on the kind of the RPC. Called on the owner
 * of the connection.
 */
@FunctionalInterface
interface Service {

	/**
	 * Serves a query.
	 * @param query what is known of it
	 * @param data limited to the payload
	 * @throws Throwable what the handler threw
	 */
	void serve(ServedQuery query, BinReader data) throws Throwable;

}
