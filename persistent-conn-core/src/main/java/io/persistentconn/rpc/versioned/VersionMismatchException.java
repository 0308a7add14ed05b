package io.persistentconn.rpc.versioned;

import java.util.List;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * An RPC was not called, since caller and callee have no version of it in common. Source:
 * rule V2.
 */
public final class VersionMismatchException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final transient List<Long> callerVersions;

	private final transient List<Long> calleeVersions;

	VersionMismatchException(ConnectionWithMenu connection, String name, List<Long> callerVersions) {
		this(connection, name, callerVersions, connection.versions(name));
	}

	private VersionMismatchException(ConnectionWithMenu connection, String name, List<Long> callerVersions,
			List<Long> calleeVersions) {
		super(connection + ": " + name + ": the caller has versions " + callerVersions + ", the callee "
				+ calleeVersions + (calleeVersions.isEmpty() ? ", since it does not know this name" : "")
				+ " (expected: one that both have)");
		this.name = name;
		this.callerVersions = callerVersions;
		this.calleeVersions = calleeVersions;
	}

	/**
	 * Which RPC was to be called.
	 * @return its name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The versions of this side.
	 * @return in ascending order
	 */
	public List<Long> callerVersions() {
		return this.callerVersions;
	}

	/**
	 * The versions on the menu of the peer.
	 * @return in ascending order; empty if the peer does not know the name
	 */
	public List<Long> calleeVersions() {
		return this.calleeVersions;
	}

}
