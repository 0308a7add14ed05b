package io.persistentconn.rpc.protocol;

import java.util.HexFormat;

import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;

/**
 * Keeps the message that was read last, as a value.
 */
class LastMessage implements MessageHandler {

	/** Which rank the query tells, if any, which RPC, and its data in hex. */
	record Query(int rank, String name, long version, long queryId, QueryMetadata metadata, String data) {
	}

	record MalformedQuery(long queryId, String reason, int offset) {
	}

	record Response(long queryId, String data) {
	}

	record ErrorResponse(long queryId, RpcError error) {
	}

	record MalformedResponse(long queryId, String reason, int offset) {
	}

	private Object message = "nothing";

	private boolean expectsMetadata = true;

	Object message() {
		return this.message;
	}

	LastMessage expectingNoMetadata() {
		this.expectsMetadata = false;
		return this;
	}

	@Override
	public void heartbeat() {
		this.message = "heartbeat";
	}

	@Override
	public boolean expectsMetadata() {
		return this.expectsMetadata;
	}

	@Override
	public void metadata(ConnectionMetadata metadata) {
		this.message = metadata;
	}

	@Override
	public void closeReason(CloseReason reason) {
		this.message = reason;
	}

	@Override
	public void closeStarted() {
		this.message = "close started";
	}

	@Override
	public void query(QueryHeader header, BinReader data) {
		this.message = new Query(header.rank(), header.name(), header.version(), header.queryId(), header.metadata(),
				hex(data));
	}

	@Override
	public void malformedQuery(QueryHeader header, BinProtException error) {
		this.message = new MalformedQuery(header.queryId(), error.reason(), error.offset());
	}

	@Override
	public void response(long queryId, BinReader data) {
		this.message = new Response(queryId, hex(data));
	}

	@Override
	public void errorResponse(long queryId, RpcError error) {
		this.message = new ErrorResponse(queryId, error);
	}

	@Override
	public void malformedResponse(long queryId, BinProtException error) {
		this.message = new MalformedResponse(queryId, error.reason(), error.offset());
	}

	private static String hex(BinReader data) {
		return HexFormat.of().formatHex(data.readBytes(data.remaining()));
	}

}
