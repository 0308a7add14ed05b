package io.persistentconn.tcp;

/**
 * {@link ConnectOptions#interrupt()} completed before a connection was made. Source: rule
 * T2.
 */
public final class ConnectInterruptedException extends ConnectFailedException {

	private static final long serialVersionUID = 1L;

	ConnectInterruptedException(WhereToConnect<?> whereToConnect, String during) {
		super(whereToConnect, "Connecting to " + whereToConnect + " was interrupted, while " + during, null);
	}

}
