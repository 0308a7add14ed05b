package io.persistentconn.tcp;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * No connection was made: the name did not resolve, every address refused, or the TLS
 * handshake failed; the cause says. Timeout and interrupt have subclasses of their own.
 * Source: rule T2.
 */
public sealed class ConnectFailedException extends PersistentConnException
		permits ConnectTimedOutException, ConnectInterruptedException {

	private static final long serialVersionUID = 1L;

	private final WhereToConnect<?> whereToConnect;

	ConnectFailedException(WhereToConnect<?> whereToConnect, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.whereToConnect = whereToConnect;
	}

	/**
	 * Where the connection should have led.
	 * @return what the client was given
	 */
	public WhereToConnect<?> whereToConnect() {
		return this.whereToConnect;
	}

}
