package io.persistentconn.sample;

import java.util.Collection;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Somebody asked for a node that is not in {@code fleet.nodes}.
 */
final class NoSuchNodeException extends ResponseStatusException {

	private static final long serialVersionUID = 1L;

	NoSuchNodeException(String name, Collection<String> nodes) {
		super(HttpStatus.NOT_FOUND, "node: \"" + name + "\" (expected: one of " + nodes + ")");
	}

}
