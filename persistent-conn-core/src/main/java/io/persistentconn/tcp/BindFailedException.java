package io.persistentconn.tcp;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * A server could not listen: the address is in use or not one of this machine's, the
 * directory of a unix socket is missing, or permission is; the message says.
 */
public final class BindFailedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final WhereToListen<?, ?> whereToListen;

	BindFailedException(WhereToListen<?, ?> whereToListen, String reason, @Nullable Throwable cause) {
		super("Cannot listen on " + whereToListen + ": " + reason, cause);
		this.whereToListen = whereToListen;
	}

	/**
	 * Where the server should have listened.
	 * @return what the server was built with
	 */
	public WhereToListen<?, ?> whereToListen() {
		return this.whereToListen;
	}

}
