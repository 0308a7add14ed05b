package io.persistentconn.rpc;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.QueryHeader;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.protocol.StreamData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the peer asks, and what becomes of it. Used on the owner of the connection only.
 */
final class ServedCalls {

	private static final Logger logger = LoggerFactory.getLogger(RpcConnection.class);

	private final Session session;

	private final Implementations implementations;

	private final int limit;

	private final RpcContext plainContext;

	private final CallTable<ServedStream<?>> streams = new CallTable<>();

	/** How many calls wait for their handlers. */
	private int open;

	/** Completes when there is room for another call. */
	private @Nullable CompletableFuture<Void> room;

	ServedCalls(Session session, Implementations implementations, int limit) {
		this.session = session;
		this.implementations = implementations;
		this.limit = limit;
		this.plainContext = new RpcContext(session.connection(), Optional.empty());
	}

	Session session() {
		return this.session;
	}

	int open() {
		return this.open;
	}

	int streams() {
		return this.streams.size();
	}

	/**
	 * Serves a query.
	 * @return {@code null}, or when the next one may come
	 */
	@Nullable CompletionStage<?> query(QueryHeader header, BinReader data) {
		Implementations.Entry entry = this.implementations.find(header);
		if (entry == null) {
			unknown(header);
			return null;
		}
		RpcContext context = context(header.metadata());
		ServedQuery query = this.session.interception().isNone()
				? new ServedQuery(this, entry, header.queryId(), context)
				: new InterceptedQuery(this, entry, header.queryId(), context);
		if (isFull() && takesRoom(query)) {
			byte[] kept = data.readBytes(data.remaining());
			return room().thenRun(() -> takeLate(query, kept));
		}
		take(query, data);
		return this.session.transport().isBackedUp() ? this.session.transport().readyForMore() : null;
	}

	private void take(ServedQuery query, BinReader data) {
		if (!query.entry().implementation().computation().isStream() || opensStream(query, data)) {
			serve(query, data);
		}
	}

	/** There is room for what had to wait, and nothing was read meanwhile. */
	private void takeLate(ServedQuery query, byte[] data) {
		if (this.session.closing().takesQueries()) {
			take(query, new BinReader().reset(Unpooled.wrappedBuffer(data), 0, data.length));
		}
	}

	private boolean isFull() {
		return this.open + this.streams.size() >= this.limit;
	}

	/** Whether a query takes room, and does not abort what takes it. */
	private boolean takesRoom(ServedQuery query) {
		return switch (query.entry().implementation().computation()) {
			case RPC, ONE_WAY_RPC -> true;
			case PIPE, STATE -> this.streams.get(query.id()) == null;
			case BLOCKING_RPC -> false;
		};
	}

	private static void serve(ServedQuery query, BinReader data) {
		try {
			query.serve(data);
		}
		catch (Throwable ex) {
			query.failed(ex);
		}
	}

	/** Whether a query is not the abort of a stream, which is carried out. */
	private boolean opensStream(ServedQuery query, BinReader data) {
		try {
			if (StreamData.readQuery(data)) {
				return true;
			}
		}
		catch (BinProtException ex) {
			query.undecodable(ex);
			return false;
		}
		ServedStream<?> stream = this.streams.get(query.id());
		if (stream != null) {
			stream.abort();
		}
		return false;
	}

	private RpcContext context(@Nullable QueryMetadata metadata) {
		return (metadata != null) ? new RpcContext(this.session.connection(), Optional.of(metadata))
				: this.plainContext;
	}

	/** Answers a query whose data is cut off. */
	void malformed(QueryHeader header, BinProtException error) {
		Implementations.Entry entry = this.implementations.find(header);
		if (entry == null) {
			unknown(header);
		}
		else {
			new ServedQuery(this, entry, header.queryId(), this.plainContext).undecodable(error);
		}
	}

	private void unknown(QueryHeader header) {
		if (header.rank() >= 0) {
			this.session.protocolError("query of the RPC with rank " + header.rank() + " (expected: below "
					+ this.implementations.menu().size() + ")");
			return;
		}
		RpcId rpc = RpcId.of(header.name(), header.version());
		long id = header.queryId();
		this.session.send((out) -> this.session.writer()
			.errorResponse(out, id, Menu.NO_RANK, new RpcError.UnimplementedRpc(rpc.name(), rpc.version())));
		UnknownRpcPolicy policy = this.implementations.onUnknownRpc();
		boolean lives = (policy instanceof UnknownRpcPolicy.Call call) ? ask(call, rpc)
				: policy == UnknownRpcPolicy.Kind.PROCEED;
		if (!lives) {
			this.session.fail("call of an RPC that is not implemented: " + rpc,
					(policy == UnknownRpcPolicy.Kind.RAISE) ? new UnknownRpcException(rpc) : null);
		}
	}

	private boolean ask(UnknownRpcPolicy.Call policy, RpcId rpc) {
		try {
			return policy.callback().apply(this.session.connection(), rpc);
		}
		catch (Throwable ex) {
			logger.warn("{}: the callback for unknown RPCs failed on {}", this.session, rpc, ex);
			return true;
		}
	}

	/** A call begins to wait for its handler. */
	void begin() {
		this.open++;
	}

	/** A call waits no more. */
	void end() {
		this.open--;
		callEnded();
	}

	/** A stream begins; refused if there is one of this id. */
	boolean addStream(long id, ServedStream<?> stream) {
		if (this.streams.get(id) != null) {
			return false;
		}
		this.streams.put(id, stream);
		return true;
	}

	/** A stream has ended. */
	void removeStream(long id) {
		if (this.streams.remove(id) != null) {
			callEnded();
		}
	}

	/** A handler failed, of which the caller knows already. */
	void handlerFailed(Implementations.Entry entry, Throwable error) {
		RpcId rpc = entry.implementation().id();
		ExceptionPolicy policy = entry.onException();
		if (policy instanceof ExceptionPolicy.Call call) {
			try {
				call.callback().accept(rpc, error);
			}
			catch (Throwable ex) {
				logger.warn("{}: the callback for failed handlers failed on {}", this.session, error, ex);
			}
		}
		else if (policy == ExceptionPolicy.Kind.LOG) {
			logger.warn("{}: the handler of {} failed", this.session, rpc, error);
		}
		else {
			this.session.fail("uncaught exception in the implementation of " + rpc + ": " + error,
					(policy == ExceptionPolicy.Kind.RAISE) ? error : null);
		}
	}

	/** The connection closes: what streams hold already is still sent. */
	void flushStreams() {
		this.streams.forEach(ServedStream::flush);
	}

	/** The connection has closed. */
	void closed() {
		this.streams.drain(ServedStream::connectionClosed);
	}

	private CompletableFuture<Void> room() {
		if (this.room == null) {
			this.room = new CompletableFuture<>();
		}
		return this.room;
	}

	@SuppressWarnings("NullAway")
	private void callEnded() {
		CompletableFuture<Void> waiting = this.room;
		if (waiting != null && !isFull()) {
			this.room = null;
			waiting.complete(null);
		}
		this.session.callEnded();
	}

}
