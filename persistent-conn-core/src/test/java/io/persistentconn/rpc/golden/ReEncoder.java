package io.persistentconn.rpc.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.MessageHandler;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.QueryHeader;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.protocol.StreamData;

import static io.persistentconn.rpc.golden.RawCodec.RAW;

/**
 * Writes again what one side of a connection sent, message by message, from the values
 * that were read: what it writes must be what was read.
 */
public final class ReEncoder implements MessageHandler {

	private final MessageWriter writer;

	private final Set<String> streams;

	private final Map<Long, RpcId> queries = new HashMap<>();

	private final Map<Long, Integer> responses = new HashMap<>();

	private Optional<Menu> menu = Optional.empty();

	private Map<Long, RpcId> peerQueries = Map.of();

	private ByteBuf out;

	private String trouble = "";

	/**
	 * Creates one for one side.
	 * @param version the negotiated version
	 * @param streams the names of the RPCs that answer with streams
	 */
	public ReEncoder(int version, Set<String> streams) {
		this.writer = new MessageWriter(version);
		this.streams = streams;
	}

	/** Tells it what the other side asked, which its responses belong to. */
	void answersTo(ReEncoder peer) {
		this.peerQueries = peer.queries;
	}

	/** Where to write next. */
	public void into(ByteBuf buffer) {
		this.out = buffer;
		this.trouble = "";
	}

	/** What was wrong with the last message, or nothing. */
	String trouble() {
		return this.trouble;
	}

	/** The menu that this side told. */
	Optional<Menu> menu() {
		return this.menu;
	}

	/** Forgets how often each query was answered, to read the same messages again. */
	void again() {
		this.responses.clear();
	}

	@Override
	public void heartbeat() {
		this.writer.heartbeat(this.out);
	}

	@Override
	public boolean expectsMetadata() {
		return true;
	}

	@Override
	public void metadata(ConnectionMetadata metadata) {
		this.menu = metadata.menu();
		this.writer.metadata(this.out, metadata);
	}

	@Override
	public void closeReason(CloseReason reason) {
		this.writer.closeReason(this.out, reason);
	}

	@Override
	public void closeStarted() {
		this.writer.closeStarted(this.out);
	}

	@Override
	public void query(QueryHeader header, BinReader data) {
		RpcId id = RpcId.of(header.name(), header.version());
		this.queries.put(header.queryId(), id);
		this.writer.query(this.out, id, header.rank(), header.queryId(), header.metadata());
		if (!this.streams.contains(header.name())) {
			MessageWriter.payload(this.out, RAW, RAW.read(data));
		}
		else if (StreamData.readQuery(data)) {
			StreamData.writeQuery(this.out, RAW, RAW.read(data));
		}
		else {
			StreamData.writeAbort(this.out);
		}
	}

	@Override
	public void malformedQuery(QueryHeader header, BinProtException error) {
		this.trouble = "malformed query";
	}

	@Override
	public void response(long queryId, BinReader data) {
		Optional<RpcId> rpc = Optional.ofNullable(this.peerQueries.get(queryId));
		int number = this.responses.merge(queryId, 1, Integer::sum);
		this.writer.okResponse(this.out, queryId, rank(rpc));
		if (rpc.isEmpty() || !this.streams.contains(rpc.get().name())) {
			MessageWriter.payload(this.out, RAW, RAW.read(data));
		}
		else if (number == 1) {
			initial(data);
		}
		else if (StreamData.readUpdate(data)) {
			StreamData.writeUpdate(this.out, RAW, RAW.read(data));
		}
		else {
			StreamData.writeEof(this.out);
		}
	}

	private void initial(BinReader data) {
		if (StreamData.readInitial(data)) {
			StreamData.writeInitial(this.out, RAW, RAW.read(data));
		}
		else {
			StreamData.writeInitialError(this.out, RAW, RAW.read(data));
		}
	}

	private int rank(Optional<RpcId> rpc) {
		return rpc.flatMap((id) -> this.menu.map((present) -> present.rank(id))).orElse(Menu.NO_RANK);
	}

	@Override
	public void errorResponse(long queryId, RpcError error) {
		this.writer.errorResponse(this.out, queryId, rank(Optional.ofNullable(this.peerQueries.get(queryId))), error);
	}

	@Override
	public void malformedResponse(long queryId, BinProtException error) {
		this.trouble = "malformed response";
	}

}
