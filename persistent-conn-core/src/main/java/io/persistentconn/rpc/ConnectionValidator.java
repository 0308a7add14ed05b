package io.persistentconn.rpc;

import java.util.Optional;

/**
 * Decides who may be served. Source: rule R1.
 */
@FunctionalInterface
public interface ConnectionValidator {

	/**
	 * Called on the event loop of the connection when the handshake is done, before any
	 * query is answered; must not block. If it throws, the peer is refused, too.
	 * @param connection the connection, with the peer's address and identification
	 * @return why the peer is refused, which it sees; empty if it is welcome
	 */
	Optional<String> refuse(RpcConnection connection);

}
