package io.persistentconn.rpc.protocol;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinWriter;
import org.jspecify.annotations.Nullable;

/**
 * Appends messages, without the frame around them, as a version of the protocol has them.
 * Writing a query, an answer or an update allocates nothing but what the codec does. Has
 * no state, for any thread. What cannot be written throws, and what was appended by then
 * is the caller's to take back. Source: wire, section 4. <pre>
 *  query       kind tag version id [metadata] | data
 *  okResponse  kind id [rank] 00              | data
 *  data        len payload, or as {@link StreamData} has it
 * </pre>
 */
public final class MessageWriter {

	private final int version;

	private final int queryKind;

	private final int responseKind;

	/**
	 * Creates a writer.
	 * @param version the negotiated version of the protocol
	 */
	public MessageWriter(int version) {
		if (version < ProtocolVersion.LOWEST || version > ProtocolVersion.HIGHEST) {
			throw new IllegalArgumentException("protocol version: " + version + " (expected: " + ProtocolVersion.LOWEST
					+ " to " + ProtocolVersion.HIGHEST + ")");
		}
		this.version = version;
		this.queryKind = queryKind(version);
		this.responseKind = ProtocolVersion.hasResponseRank(version) ? MessageKind.RESPONSE_V2
				: MessageKind.RESPONSE_V1;
	}

	private static int queryKind(int version) {
		if (ProtocolVersion.hasQueryByRank(version)) {
			return MessageKind.QUERY_V4;
		}
		if (ProtocolVersion.hasKeyedQueryMetadata(version)) {
			return MessageKind.QUERY_V3;
		}
		return ProtocolVersion.hasQueryMetadata(version) ? MessageKind.QUERY_V2 : MessageKind.QUERY_V1;
	}

	/**
	 * The version of the protocol.
	 * @return 1 to 11
	 */
	public int version() {
		return this.version;
	}

	/**
	 * Appends a heartbeat.
	 * @param out gets it
	 */
	public void heartbeat(ByteBuf out) {
		out.writeByte(MessageKind.HEARTBEAT);
	}

	/**
	 * Appends what this side says of itself; from version 3 on.
	 * @param out gets it
	 * @param metadata what to say
	 */
	public void metadata(ByteBuf out, ConnectionMetadata metadata) {
		require(ProtocolVersion.hasConnectionMetadata(this.version), "connection metadata");
		if (ProtocolVersion.hasCompactMenu(this.version)) {
			out.writeByte(MessageKind.METADATA_V2);
			ConnectionMetadataCodec.writeV2(metadata, out);
		}
		else {
			out.writeByte(MessageKind.METADATA_V1);
			ConnectionMetadataCodec.writeV1(metadata, out);
		}
	}

	/**
	 * Appends why this side closes the connection; from version 4 on.
	 * @param out gets it
	 * @param reason why
	 */
	public void closeReason(ByteBuf out, CloseReason reason) {
		require(ProtocolVersion.hasCloseReason(this.version), "close reason");
		if (ProtocolVersion.hasStructuredCloseReason(this.version)) {
			out.writeByte(MessageKind.CLOSE_REASON_V2);
			CloseReasonCodec.writeV2(reason, out);
		}
		else {
			out.writeByte(MessageKind.CLOSE_REASON_V1);
			CloseReasonCodec.writeV1(reason, out);
		}
	}

	/**
	 * Appends that this side is going to close the connection; from version 9 on.
	 * @param out gets it
	 */
	public void closeStarted(ByteBuf out) {
		require(ProtocolVersion.hasCloseStarted(this.version), "announcement of a close");
		out.writeByte(MessageKind.CLOSE_STARTED);
	}

	private void require(boolean known, String what) {
		if (!known) {
			throw new IllegalStateException(what + " in version " + this.version + " of the protocol, which has none");
		}
	}

	/**
	 * Appends a query up to its data, which is to follow.
	 * @param out gets it
	 * @param id the RPC
	 * @param rank of the RPC in the callee's menu, or {@link Menu#NO_RANK}; used from
	 * version 11 on
	 * @param queryId chosen by this side
	 * @param metadata what is to travel with the query, or {@code null}
	 */
	public void query(ByteBuf out, RpcId id, int rank, long queryId, @Nullable QueryMetadata metadata) {
		out.writeByte(this.queryKind);
		if (this.queryKind == MessageKind.QUERY_V4) {
			BinWriter.writeBoolean(rank >= 0, out);
		}
		if (this.queryKind == MessageKind.QUERY_V4 && rank >= 0) {
			BinWriter.writeInt(rank, out);
		}
		else {
			id.write(out);
		}
		BinWriter.writeOcamlInt(queryId, out);
		switch (this.queryKind) {
			case MessageKind.QUERY_V1 -> {
			}
			case MessageKind.QUERY_V2 -> QueryMetadataCodec.writeText(metadata, out);
			default -> QueryMetadataCodec.writeKeyed(metadata, out);
		}
	}

	/**
	 * Appends a response that is an answer, or a message of a stream, up to its data,
	 * which is to follow.
	 * @param out gets it
	 * @param queryId of the query
	 * @param rank of the RPC in this side's menu, or {@link Menu#NO_RANK}
	 */
	public void okResponse(ByteBuf out, long queryId, int rank) {
		response(out, queryId, rank);
		BinWriter.writeBoolean(false, out);
	}

	/**
	 * Encodes what all messages of a stream begin with, as {@link #okResponse} does.
	 * @param queryId of the query
	 * @param rank of the RPC in this side's menu, or {@link Menu#NO_RANK}
	 * @return to be appended many times
	 */
	public ShortBytes okResponseHead(long queryId, int rank) {
		return ShortBytes.encode((out) -> okResponse(out, queryId, rank));
	}

	/**
	 * Appends a response that is an error. What the version of the protocol does not know
	 * is told as {@link RpcError.Unknown}, or below version 3 as
	 * {@link RpcError.UncaughtException}.
	 * @param out gets it
	 * @param queryId of the query
	 * @param rank of the RPC in this side's menu, or {@link Menu#NO_RANK}
	 * @param error the error
	 */
	public void errorResponse(ByteBuf out, long queryId, int rank, RpcError error) {
		response(out, queryId, rank);
		BinWriter.writeBoolean(true, out);
		RpcErrorCodec.write(RpcErrorCodec.downgrade(error, this.version), out);
	}

	private void response(ByteBuf out, long queryId, int rank) {
		out.writeByte(this.responseKind);
		BinWriter.writeOcamlInt(queryId, out);
		if (this.responseKind == MessageKind.RESPONSE_V2) {
			BinWriter.writeBoolean(rank >= 0, out);
			if (rank >= 0) {
				BinWriter.writeNat0(rank, out);
			}
		}
	}

	/**
	 * Appends the data of a query or of an answer: its length and itself.
	 * @param <T> the type of the data
	 * @param out gets it
	 * @param codec of the data
	 * @param value the data
	 */
	public static <T> void payload(ByteBuf out, BinCodec<T> codec, T value) {
		int size = codec.size(value);
		BinWriter.writeNat0(size, out);
		value(out, codec, value, size);
	}

	static <T> void value(ByteBuf out, BinCodec<T> codec, T value, int size) {
		int start = out.writerIndex();
		codec.write(value, out);
		int written = out.writerIndex() - start;
		if (written != size) {
			throw new BinProtException(
					"codec " + codec + " wrote " + written + " bytes (expected: " + size + ", as its size() said)");
		}
	}

}
