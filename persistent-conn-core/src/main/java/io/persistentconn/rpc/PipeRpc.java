package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * An RPC that answers one query with a stream of updates, or rejects it. Immutable; both
 * sides share one. Source: rules R3, R5 and R6.
 *
 * @param <Q> the type of the query
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
public final class PipeRpc<Q, U, E> {

	private final StreamDefinition<Q, Unit, U, E> definition;

	private PipeRpc(StreamDefinition<Q, Unit, U, E> definition) {
		this.definition = definition;
	}

	/**
	 * Defines a pipe RPC.
	 * @param name its name
	 * @param version its version: one that changes a type gets another
	 * @param queryCodec of the query
	 * @param updateCodec of the updates
	 * @param errorCodec of what comes with a rejection
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the RPC
	 */
	public static <Q, U, E> PipeRpc<Q, U, E> of(String name, long version, BinCodec<Q> queryCodec,
			BinCodec<U> updateCodec, BinCodec<E> errorCodec) {
		return new PipeRpc<>(new StreamDefinition<>(RpcId.of(name, version), Computation.PIPE, queryCodec,
				BinCodecs.UNIT, updateCodec, errorCodec, false, Integer.MAX_VALUE));
	}

	/**
	 * Lets a caller that does not keep up slow down the server: it stops reading the
	 * whole connection, other calls included, while its pipe is not empty.
	 * @return a changed copy
	 */
	public PipeRpc<Q, U, E> withPushback() {
		return new PipeRpc<>(this.definition.withPushback());
	}

	/**
	 * Bounds what a caller that does not keep up buffers: the stream is aborted, and its
	 * pipe fails with {@link SlowConsumerException}.
	 * @param updates at least 1; without bound by default
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is below 1
	 */
	public PipeRpc<Q, U, E> withMaxBuffered(int updates) {
		return new PipeRpc<>(this.definition.withMaxBuffered(updates));
	}

	/**
	 * Names this.
	 * @return name and version
	 */
	public RpcId id() {
		return this.definition.id();
	}

	/**
	 * Answers this with what a publisher publishes, such as a {@link Pipe}. It is asked
	 * for more only while the connection is not backed up.
	 * @param handler called for every query; the publisher that it accepts with is
	 * subscribed to once, in any case, and cancelled when the stream ends
	 * @return the implementation
	 */
	public Implementation implement(RpcHandler<? super Q, Outcome<? extends Flow.Publisher<U>, E>> handler) {
		return StreamService.implementation(this.definition, (stream, query, value) -> {
			CompletionStage<? extends Outcome<? extends Flow.Publisher<U>, E>> outcome = handler.handle(query.context(),
					value);
			StreamService.whenDecided(stream, this.definition, outcome, (publisher) -> stream
				.accept(this.definition.initialCodec(), Unit.UNIT, new PipeSource<>(stream, publisher)));
		});
	}

	/**
	 * Answers this with what is written to a {@link StreamWriter}, without a pipe
	 * between.
	 * @param handler called for every query
	 * @return the implementation
	 */
	public Implementation implementDirect(DirectHandler<? super Q, U, E> handler) {
		return StreamService.implementation(this.definition, (stream, query, value) -> {
			StreamWriter<U> writer = new StreamWriter<>(stream);
			CompletionStage<? extends Outcome<Unit, E>> outcome = handler.handle(query.context(), value, writer);
			StreamService.whenDecided(stream, this.definition, outcome,
					(unit) -> stream.accept(this.definition.initialCodec(), unit, writer.source()));
		});
	}

	/**
	 * Calls this. May be called from any thread, and never blocks.
	 * @param connection over which
	 * @param query what to ask
	 * @return as {@link #dispatch(RpcConnection, Object, QueryMetadata)}
	 */
	public CompletableFuture<Outcome<Pipe<U>, E>> dispatch(RpcConnection connection, Q query) {
		return dispatch(connection, query, null);
	}

	/**
	 * Calls this, and sends something along.
	 * @param connection over which
	 * @param query what to ask
	 * @param metadata what to send along, or {@code null}
	 * @return a new future of the updates, or of the rejection; it completes on the event
	 * loop of the connection, where nothing may block. It fails with
	 * {@link RpcException}; cancelling it aborts the stream. Closing the pipe ends the
	 * stream. The pipe ends when the server ends the stream, and fails if the connection
	 * or the stream does
	 */
	public CompletableFuture<Outcome<Pipe<U>, E>> dispatch(RpcConnection connection, Q query,
			@Nullable QueryMetadata metadata) {
		return StreamService.dispatch(connection, this.definition, query, metadata, (unit, pipe) -> pipe);
	}

	/**
	 * Calls this with a handler instead of a pipe.
	 * @param connection over which
	 * @param query what to ask
	 * @param handler called with the updates
	 * @return a new future of what aborts the stream, or of the rejection; as for
	 * {@link #dispatch(RpcConnection, Object, QueryMetadata)}
	 */
	public CompletableFuture<Outcome<StreamHandle, E>> dispatchIter(RpcConnection connection, Q query,
			StreamHandler<U> handler) {
		return StreamService.dispatchIter(connection, this.definition, query, handler, (unit, handle) -> handle);
	}

	@Override
	public String toString() {
		return "PipeRpc(" + id() + ")";
	}

}
