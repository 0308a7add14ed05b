package io.persistentconn.rpc;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.protocol.StreamData;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this side that are open on a connection. Used on its owner only, but for
 * {@link #submit}. A call's id is a counter from 1.
 */
final class OpenCalls {

	private final Session session;

	private final CallTable<OpenCall<?>> calls = new CallTable<>();

	private final int limit;

	private final @Nullable CallTimeouts timeouts;

	private final OwnerQueue<OpenCall<?>> submitted;

	private long lastId;

	OpenCalls(Session session, RpcOptions options) {
		this.session = session;
		this.limit = options.maxOpenCalls();
		Duration timeout = options.callTimeout();
		this.timeouts = timeout.isZero() ? null : new CallTimeouts(session.connection(), session.timeSource(), timeout);
		this.submitted = new OwnerQueue<>(session.timeSource(), this::send);
	}

	int size() {
		return this.calls.size();
	}

	/** Makes a call: at once on the owner, and as soon as possible otherwise. */
	void submit(OpenCall<?> call) {
		this.submitted.hand(call);
	}

	private void send(OpenCall<?> call) {
		if (call.isDone()) {
			// Nobody waits any more, and the peer does not know of it yet.
			return;
		}
		RpcError.ConnectionClosed closed = this.session.closing().refusal();
		if (closed != null) {
			call.failed(closed, null);
			return;
		}
		if (this.calls.size() >= this.limit) {
			call.failed(RpcErrors.writeError("too many open calls: " + this.limit), null);
			return;
		}
		long id = ++this.lastId;
		call.begin(id);
		RpcError error = this.session.send((out) -> call.encode(this, out));
		if (error != null) {
			call.failed(error, null);
		}
		else if (call.expectsResponse()) {
			this.calls.put(id, call);
			if (this.timeouts != null && call.kind() == RpcKind.UNARY) {
				this.timeouts.begin(call);
			}
		}
		else {
			call.sent();
		}
	}

	/** Appends all of a query that comes before its data. */
	void writeQuery(ByteBuf out, RpcId rpc, long id, @Nullable QueryMetadata metadata) {
		this.session.writer().query(out, rpc, Menu.NO_RANK, id, metadata);
	}

	/** Sends the abort of a stream, which keeps its id. */
	void abort(RpcId rpc, long id) {
		this.session.send((out) -> {
			writeQuery(out, rpc, id, null);
			StreamData.writeAbort(out);
		});
	}

	/** A response came, whose payload the reader is limited to. */
	void response(long id, BinReader data) {
		OpenCall<?> call = this.calls.get(id);
		if (call == null) {
			this.session.protocolError("response to the unknown query " + id);
		}
		else if (call.response(data)) {
			forget(id, call);
		}
	}

	/** An error came in response. */
	void error(long id, RpcError error) {
		OpenCall<?> call = this.calls.get(id);
		if (call != null) {
			if (call.error(error)) {
				forget(id, call);
			}
		}
		else if (!(error instanceof RpcError.UnimplementedRpc) || id < 1 || id > this.lastId) {
			// An unknown one-way RPC is answered, though nobody waits (wire, section 6).
			this.session.protocolError("error in response to the unknown query " + id + ": " + error);
		}
	}

	private void forget(long id, OpenCall<?> call) {
		this.calls.remove(id);
		if (this.timeouts != null) {
			this.timeouts.end(call);
		}
	}

	/** The connection is closed. */
	void failAll(RpcError error) {
		if (this.timeouts != null) {
			this.timeouts.stop();
		}
		this.calls.drain((call) -> call.failed(error, null));
		this.submitted.drain();
	}

}
