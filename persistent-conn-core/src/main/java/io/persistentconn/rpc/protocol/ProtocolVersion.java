package io.persistentconn.rpc.protocol;

/**
 * The versions of the protocol that are spoken here, and what each is the first to know.
 * Source: wire, section 3.
 */
public final class ProtocolVersion {

	/** The lowest version that is spoken here. */
	public static final int LOWEST = 1;

	/** The highest version that is spoken here. */
	public static final int HIGHEST = 11;

	private ProtocolVersion() {
	}

	/**
	 * Whether queries may carry metadata: a text up to version 7.
	 * @param version the negotiated version
	 * @return true from 2 on
	 */
	public static boolean hasQueryMetadata(int version) {
		return version >= 2;
	}

	/**
	 * Whether each side tells its {@link ConnectionMetadata} first, and whether errors of
	 * kinds 6 to 8 may be sent.
	 * @param version the negotiated version
	 * @return true from 3 on
	 */
	public static boolean hasConnectionMetadata(int version) {
		return version >= 3;
	}

	/**
	 * Whether a side may say why it closes.
	 * @param version the negotiated version
	 * @return true from 4 on
	 */
	public static boolean hasCloseReason(int version) {
		return version >= 4;
	}

	/**
	 * Whether {@link RpcError.LiftError} may be sent.
	 * @param version the negotiated version
	 * @return true from 5 on
	 */
	public static boolean hasLiftError(int version) {
		return version >= 5;
	}

	/**
	 * Whether the menu is told in its compact form, without digests if there are none.
	 * @param version the negotiated version
	 * @return true from 6 on
	 */
	public static boolean hasCompactMenu(int version) {
		return version >= 6;
	}

	/**
	 * Whether responses tell the rank of the RPC in the server's menu.
	 * @param version the negotiated version
	 * @return true from 7 on
	 */
	public static boolean hasResponseRank(int version) {
		return version >= 7;
	}

	/**
	 * Whether the metadata of a query has keys. From here on a peer must tell its
	 * {@link ConnectionMetadata} before anything else.
	 * @param version the negotiated version
	 * @return true from 8 on
	 */
	public static boolean hasKeyedQueryMetadata(int version) {
		return version >= 8;
	}

	/**
	 * Whether a side announces that it is going to close.
	 * @param version the negotiated version
	 * @return true from 9 on
	 */
	public static boolean hasCloseStarted(int version) {
		return version >= 9;
	}

	/**
	 * Whether the reason for closing is told in its parts.
	 * @param version the negotiated version
	 * @return true from 10 on
	 */
	public static boolean hasStructuredCloseReason(int version) {
		return version >= 10;
	}

	/**
	 * Whether a query may name its RPC by the rank in the callee's menu.
	 * @param version the negotiated version
	 * @return true from 11 on
	 */
	public static boolean hasQueryByRank(int version) {
		return version >= 11;
	}

}
