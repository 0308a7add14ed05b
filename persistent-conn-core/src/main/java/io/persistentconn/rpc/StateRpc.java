package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * An RPC that answers one query with a state and a stream of its updates, or rejects it.
 * Immutable; both sides share one. Source: rules R3, R5 and R6.
 *
 * @param <Q> the type of the query
 * @param <S> the type of the state
 * @param <U> the type of the updates
 * @param <E> the type of what comes with a rejection
 */
public final class StateRpc<Q, S, U, E> {

	private final StreamDefinition<Q, S, U, E> definition;

	private StateRpc(StreamDefinition<Q, S, U, E> definition) {
		this.definition = definition;
	}

	/**
	 * Defines a state RPC.
	 * @param name its name
	 * @param version its version: one that changes a type gets another
	 * @param queryCodec of the query
	 * @param stateCodec of the state
	 * @param updateCodec of the updates
	 * @param errorCodec of what comes with a rejection
	 * @param <Q> the type of the query
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the RPC
	 */
	public static <Q, S, U, E> StateRpc<Q, S, U, E> of(String name, long version, BinCodec<Q> queryCodec,
			BinCodec<S> stateCodec, BinCodec<U> updateCodec, BinCodec<E> errorCodec) {
		return new StateRpc<>(new StreamDefinition<>(RpcId.of(name, version), Computation.STATE, queryCodec, stateCodec,
				updateCodec, errorCodec, false, Integer.MAX_VALUE));
	}

	/**
	 * As {@link PipeRpc#withPushback()}.
	 * @return a changed copy
	 */
	public StateRpc<Q, S, U, E> withPushback() {
		return new StateRpc<>(this.definition.withPushback());
	}

	/**
	 * As {@link PipeRpc#withMaxBuffered}.
	 * @param updates at least 1; without bound by default
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is below 1
	 */
	public StateRpc<Q, S, U, E> withMaxBuffered(int updates) {
		return new StateRpc<>(this.definition.withMaxBuffered(updates));
	}

	/**
	 * Names this.
	 * @return name and version
	 */
	public RpcId id() {
		return this.definition.id();
	}

	/**
	 * Answers this with a state and its updates.
	 * @param handler called for every query; as for {@link PipeRpc#implement}
	 * @return the implementation
	 */
	public Implementation implement(RpcHandler<? super Q, Outcome<StateStream<S, U>, E>> handler) {
		return StreamService.implementation(this.definition, (stream, query, value) -> {
			CompletionStage<? extends Outcome<StateStream<S, U>, E>> outcome = handler.handle(query.context(), value);
			StreamService.whenDecided(stream, this.definition, outcome,
					(accepted) -> stream.accept(this.definition.initialCodec(), accepted.state(),
							new PipeSource<>(stream, accepted.updates())));
		});
	}

	/**
	 * Answers this with a state, and with what is written to a {@link StreamWriter}.
	 * @param handler called for every query
	 * @return the implementation
	 */
	public Implementation implementDirect(DirectStateHandler<? super Q, S, U, E> handler) {
		return StreamService.implementation(this.definition, (stream, query, value) -> {
			StreamWriter<U> writer = new StreamWriter<>(stream);
			CompletionStage<? extends Outcome<S, E>> outcome = handler.handle(query.context(), value, writer);
			StreamService.whenDecided(stream, this.definition, outcome,
					(state) -> stream.accept(this.definition.initialCodec(), state, writer.source()));
		});
	}

	/**
	 * Calls this. May be called from any thread, and never blocks.
	 * @param connection over which
	 * @param query what to ask
	 * @return as {@link #dispatch(RpcConnection, Object, QueryMetadata)}
	 */
	public CompletableFuture<Outcome<StateStream<S, U>, E>> dispatch(RpcConnection connection, Q query) {
		return dispatch(connection, query, null);
	}

	/**
	 * Calls this, and sends something along.
	 * @param connection over which
	 * @param query what to ask
	 * @param metadata what to send along, or {@code null}
	 * @return as {@link PipeRpc#dispatch(RpcConnection, Object, QueryMetadata)}
	 */
	public CompletableFuture<Outcome<StateStream<S, U>, E>> dispatch(RpcConnection connection, Q query,
			@Nullable QueryMetadata metadata) {
		return StreamService.dispatch(connection, this.definition, query, metadata, StateStream::new);
	}

	/**
	 * Calls this with a handler instead of a pipe.
	 * @param connection over which
	 * @param query what to ask
	 * @param handler called with the updates, after the future has completed
	 * @return a new future of the state, or of the rejection
	 */
	public CompletableFuture<Outcome<StateHandle<S>, E>> dispatchIter(RpcConnection connection, Q query,
			StreamHandler<U> handler) {
		return StreamService.dispatchIter(connection, this.definition, query, handler, StateHandle::new);
	}

	@Override
	public String toString() {
		return "StateRpc(" + id() + ")";
	}

}
