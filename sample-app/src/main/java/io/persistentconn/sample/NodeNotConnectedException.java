package io.persistentconn.sample;

import io.persistentconn.connection.NotConnectedException;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Somebody wants to tell a node something that is not connected just now.
 */
final class NodeNotConnectedException extends ResponseStatusException {

	private static final long serialVersionUID = 1L;

	NodeNotConnectedException(String name, NotConnectedException cause) {
		super(HttpStatus.CONFLICT, "node: \"" + name + "\" (expected: one that is connected now)", cause);
	}

}
