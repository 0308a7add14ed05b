package io.persistentconn.rpc.protocol;

/**
 * The first byte of each message. Source: wire, section 4.
 */
final class MessageKind {

	static final int HEARTBEAT = 0;

	static final int QUERY_V1 = 1;

	static final int RESPONSE_V1 = 2;

	static final int QUERY_V2 = 3;

	static final int METADATA_V1 = 4;

	static final int CLOSE_REASON_V1 = 5;

	/** The same as {@link #CLOSE_REASON_V1}: to be read, never to be written. */
	static final int CLOSE_REASON_DUPLICATE = 6;

	static final int METADATA_V2 = 7;

	static final int RESPONSE_V2 = 8;

	static final int QUERY_V3 = 9;

	static final int CLOSE_STARTED = 10;

	static final int CLOSE_REASON_V2 = 11;

	static final int QUERY_V4 = 12;

	private MessageKind() {
	}

}
