package io.persistentconn.rpc;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.protocol.StreamData;
import org.jspecify.annotations.Nullable;

/**
 * A call that opens a stream, and the future of whether it was accepted. Used on the
 * owner of the connection. Source: wire, section 5.
 *
 * @param <Q> the type of the query
 * @param <S> the type of what comes with the acceptance
 * @param <U> the type of the updates
 * @param <E> the type of what comes with the rejection
 * @param <T> what the caller gets of an acceptance
 */
final class StreamCall<Q, S, U, E, T> extends OpenCall<Outcome<T, E>> {

	private final Session session;

	private final StreamDefinition<Q, S, U, E> definition;

	private final StreamHandler<U> handler;

	private final Function<S, T> onAccepted;

	private @Nullable Q query;

	private Phase phase = Phase.UNSENT;

	/** The handler was told of the end, or wants to hear no more. */
	private boolean told;

	/** The first response has not come. */
	private boolean initialExpected = true;

	StreamCall(Session session, StreamDefinition<Q, S, U, E> definition, Q query, @Nullable QueryMetadata metadata,
			StreamHandler<U> handler, Function<S, T> onAccepted) {
		super(metadata);
		this.session = session;
		this.definition = definition;
		this.query = query;
		this.handler = handler;
		this.onAccepted = onAccepted;
	}

	/** Gives the stream up. Called by any thread. */
	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		giveUp();
		return cancelled;
	}

	/** The caller wants to hear no more. Called by any thread. */
	void giveUp() {
		this.session.onOwner(() -> {
			this.told = true;
			abort();
		});
	}

	private void abort() {
		if (this.phase == Phase.OPEN) {
			this.phase = Phase.ABORTED;
			this.session.openCalls().abort(rpc(), id());
		}
	}

	@Override
	RpcId rpc() {
		return this.definition.id();
	}

	@Override
	RpcKind kind() {
		return this.definition.computation().kind();
	}

	@Override
	void encode(OpenCalls calls, ByteBuf out) {
		Q value = this.query;
		if (value == null) {
			throw new IllegalStateException("query: sent already (expected: once)");
		}
		this.query = null;
		calls.writeQuery(out, rpc(), id(), metadata());
		StreamData.writeQuery(out, this.definition.queryCodec(), value);
		this.phase = Phase.OPEN;
	}

	@Override
	boolean response(BinReader data) {
		boolean first = this.initialExpected;
		try {
			return first ? initial(data) : update(data);
		}
		catch (RuntimeException ex) {
			abort();
			end(new RpcException(rpc().toString(),
					RpcErrors.undecodable("client-side streaming_rpc " + (first ? "initial_response" : "response"), ex),
					ex));
			return false;
		}
	}

	private boolean initial(BinReader data) {
		this.initialExpected = false;
		if (!StreamData.readInitial(data)) {
			E error = this.definition.errorCodec().read(data);
			data.expectEnd();
			this.phase = Phase.ENDED;
			complete(Outcome.rejected(error));
			return true;
		}
		if (this.phase == Phase.OPEN) {
			S initial = this.definition.initialCodec().read(data);
			data.expectEnd();
			if (!complete(Outcome.accepted(this.onAccepted.apply(initial)))) {
				// Somebody else completed the future, so nobody would read the stream.
				abort();
			}
		}
		return false;
	}

	private boolean update(BinReader data) {
		if (!StreamData.readUpdate(data)) {
			// First, since whoever hears of the end may give up the stream.
			this.phase = Phase.ENDED;
			end(null);
			return true;
		}
		if (this.phase == Phase.OPEN) {
			U update = this.definition.updateCodec().read(data);
			data.expectEnd();
			hand(update);
		}
		return false;
	}

	private void hand(U update) {
		try {
			CompletionStage<?> pushback = this.handler.onUpdate(update);
			if (pushback != null) {
				this.session.pauseReading(pushback);
			}
		}
		catch (Throwable ex) {
			abort();
			end(ex);
		}
	}

	@Override
	boolean error(RpcError error) {
		boolean unsentUpdate = error instanceof RpcError.WriteError && !this.initialExpected;
		if (unsentUpdate) {
			abort();
		}
		else {
			this.phase = Phase.ENDED;
		}
		end(new RpcException(rpc().toString(), error, null));
		return !unsentUpdate;
	}

	@Override
	void failed(RpcError error, @Nullable Throwable cause) {
		this.phase = Phase.ENDED;
		end(new RpcException(rpc().toString(), error, cause));
	}

	/** Tells whoever waits for the acceptance, or else for updates. */
	private void end(@Nullable Throwable error) {
		if (!isDone()) {
			completeExceptionally((error != null) ? error : new RpcException(rpc().toString(),
					RpcErrors.writeError("the stream ended before it began"), null));
		}
		else if (!this.told) {
			this.told = true;
			this.handler.onEnd(Optional.ofNullable(error));
		}
	}

	private enum Phase {

		UNSENT,

		OPEN,

		/** Gave up: what still comes is dropped, until the end comes. */
		ABORTED,

		ENDED

	}

}
