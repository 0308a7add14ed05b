package io.persistentconn.rpc.transport;

import java.net.SocketAddress;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * This side closed the transport.
 */
public final class TransportClosedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	TransportClosedException(SocketAddress peer) {
		super("Connection to " + peer + " was closed on this side");
	}

}
