package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages in place and hands each to a {@link MessageHandler}. For a query or an
 * answer nothing is allocated. Every kind of message is read, whatever version of the
 * protocol was negotiated, as the original does. Bytes behind a message are ignored.
 * <p>
 * What is wrong from the id of a response on, or in the data of a query, costs that call
 * only; everything else costs the connection. One reader serves one connection, on one
 * thread. Source: wire, sections 4 and 6.
 */
public final class MessageReader {

	private final QueryHeader header = new QueryHeader();

	private final ResponseHead lastResponse = new ResponseHead();

	/**
	 * Creates a reader.
	 */
	public MessageReader() {
	}

	/**
	 * Reads one message.
	 * @param in stands at the message and ends with its frame; to be reset afterwards
	 * @param handler called once
	 * @throws ProtocolException if this is no message, which costs the connection; also
	 * whatever the handler throws
	 */
	public void read(BinReader in, MessageHandler handler) {
		if (in.remaining() == 0) {
			throw new ProtocolException("message of 0 bytes (expected: at least 1)");
		}
		if (this.lastResponse.readSame(in)) {
			responseData(this.lastResponse.queryId(), in, handler);
			return;
		}
		int kind = in.readUnsignedByte();
		switch (kind) {
			case MessageKind.RESPONSE_V1, MessageKind.RESPONSE_V2 -> response(kind, in, handler);
			case MessageKind.QUERY_V1, MessageKind.QUERY_V2, MessageKind.QUERY_V3, MessageKind.QUERY_V4 ->
				query(kind, in, handler);
			case MessageKind.HEARTBEAT -> handler.heartbeat();
			case MessageKind.METADATA_V1, MessageKind.METADATA_V2 -> metadata(kind, in, handler);
			case MessageKind.CLOSE_REASON_V1, MessageKind.CLOSE_REASON_DUPLICATE, MessageKind.CLOSE_REASON_V2 ->
				handler.closeReason(closeReason(kind, in));
			case MessageKind.CLOSE_STARTED -> handler.closeStarted();
			default -> throw new ProtocolException(
					"message of kind " + kind + " (expected: 0 to " + MessageKind.QUERY_V4 + ")");
		}
	}

	private void query(int kind, BinReader in, MessageHandler handler) {
		long length = queryHead(kind, in);
		if (length > in.remaining()) {
			handler.malformedQuery(this.header, tooLong(length, in));
		}
		else {
			in.limit((int) length);
			handler.query(this.header, in);
		}
	}

	private long queryHead(int kind, BinReader in) {
		try {
			switch (kind) {
				case MessageKind.QUERY_V1 -> this.header.readV1(in);
				case MessageKind.QUERY_V2 -> this.header.readV2(in);
				case MessageKind.QUERY_V3 -> this.header.readV3(in);
				default -> this.header.readV4(in);
			}
			return in.readLongNat0();
		}
		catch (BinProtException ex) {
			throw new ProtocolException("query: " + ex.getMessage(), ex);
		}
	}

	private void response(int kind, BinReader in, MessageHandler handler) {
		int start = in.position() - 1;
		long queryId = queryId(in);
		RpcError error;
		try {
			error = responseHead(kind, in);
		}
		catch (BinProtException ex) {
			handler.malformedResponse(queryId, ex);
			return;
		}
		if (error != null) {
			handler.errorResponse(queryId, error);
			return;
		}
		this.lastResponse.keep(in, start, queryId);
		responseData(queryId, in, handler);
	}

	private static void responseData(long queryId, BinReader in, MessageHandler handler) {
		try {
			long length = in.readLongNat0();
			if (length > in.remaining()) {
				throw tooLong(length, in);
			}
			in.limit((int) length);
		}
		catch (BinProtException ex) {
			handler.malformedResponse(queryId, ex);
			return;
		}
		handler.response(queryId, in);
	}

	private static long queryId(BinReader in) {
		try {
			return in.readOcamlInt();
		}
		catch (BinProtException ex) {
			throw new ProtocolException("response: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable RpcError responseHead(int kind, BinReader in) {
		if (kind == MessageKind.RESPONSE_V2 && in.readPresent()) {
			in.readLongNat0();
		}
		int position = in.position();
		int code = in.readUnsignedByte();
		if (code == 1) {
			return RpcErrorCodec.read(in);
		}
		if (code != 0) {
			throw in.errorAt(position, "result: first byte " + Integer.toHexString(code));
		}
		return null;
	}

	private static BinProtException tooLong(long length, BinReader in) {
		return in.error("length of data: " + length + " (expected: <= " + in.remaining() + ", the bytes that remain)");
	}

	private static void metadata(int kind, BinReader in, MessageHandler handler) {
		if (!handler.expectsMetadata()) {
			throw new ProtocolException("metadata of the connection (expected: once, at its beginning)");
		}
		ConnectionMetadata metadata;
		try {
			metadata = (kind == MessageKind.METADATA_V1) ? ConnectionMetadataCodec.readV1(in)
					: ConnectionMetadataCodec.readV2(in);
		}
		catch (BinProtException ex) {
			throw new ProtocolException("metadata of the connection: " + ex.getMessage(), ex);
		}
		handler.metadata(metadata);
	}

	private static CloseReason closeReason(int kind, BinReader in) {
		try {
			return (kind == MessageKind.CLOSE_REASON_V2) ? CloseReasonCodec.readV2(in) : CloseReasonCodec.readV1(in);
		}
		catch (BinProtException ex) {
			throw new ProtocolException("close reason: " + ex.getMessage(), ex);
		}
	}

}
