package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;

/**
 * Takes what a {@link MessageReader} reads, one call a message, on its thread. What it
 * throws reaches the caller of the reader.
 * <p>
 * What is wrong with one call only comes as {@link #malformedQuery} or
 * {@link #malformedResponse}; what costs the connection is thrown by the reader.
 */
public interface MessageHandler {

	/**
	 * The peer lives.
	 */
	void heartbeat();

	/**
	 * Asked before metadata is read, as reading it may take much memory.
	 * @return whether to go on; otherwise the reader throws a {@link ProtocolException}
	 */
	boolean expectsMetadata();

	/**
	 * The peer says what it is.
	 * @param metadata what it says
	 */
	void metadata(ConnectionMetadata metadata);

	/**
	 * The peer is closing the connection.
	 * @param reason why
	 */
	void closeReason(CloseReason reason);

	/**
	 * The peer is going to close the connection, and takes no more queries.
	 */
	void closeStarted();

	/**
	 * A query.
	 * @param header which query of which RPC; to be used during the call only
	 * @param data stands at the payload and ends with it; to be used during the call only
	 */
	void query(QueryHeader header, BinReader data);

	/**
	 * A query whose payload is said to be longer than the message. It is to be answered
	 * with {@link RpcError.BinIo}.
	 * @param header which query of which RPC; to be used during the call only
	 * @param error what is wrong
	 */
	void malformedQuery(QueryHeader header, BinProtException error);

	/**
	 * A response that is an answer, or a message of a stream (see {@link StreamData}).
	 * @param queryId the query that it belongs to
	 * @param data stands at the payload and ends with it; to be used during the call only
	 */
	void response(long queryId, BinReader data);

	/**
	 * A response that is an error.
	 * @param queryId the query that it belongs to
	 * @param error the error
	 */
	void errorResponse(long queryId, RpcError error);

	/**
	 * A response that cannot be understood: it ends its query with
	 * {@link RpcError.BinIo}.
	 * @param queryId the query that it belongs to
	 * @param error what is wrong
	 */
	void malformedResponse(long queryId, BinProtException error);

}
