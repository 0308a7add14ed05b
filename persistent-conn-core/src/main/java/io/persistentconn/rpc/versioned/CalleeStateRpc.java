package io.persistentconn.rpc.versioned;

import java.util.List;
import java.util.function.Function;

import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcHandler;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;

/**
 * The versions of a {@link StateRpc} that a callee converts to and from its model; made
 * by {@link CalleeConverts#state}. Immutable. Source: rule V2.
 *
 * @param <Q> the model of the query
 * @param <S> the model of the state
 * @param <U> the model of the updates
 * @param <E> the model of what comes with a rejection
 */
public final class CalleeStateRpc<Q, S, U, E> {

	private final Versions<Function<RpcHandler<? super Q, Outcome<StateStream<S, U>, E>>, Implementation>> versions;

	CalleeStateRpc(Versions<Function<RpcHandler<? super Q, Outcome<StateStream<S, U>, E>>, Implementation>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param query makes the model of a query
	 * @param state makes the state of the model
	 * @param update makes an update of the model
	 * @param error makes what comes with a rejection of the model
	 * @param <V> the type of the query in this version
	 * @param <W> the type of the state in this version
	 * @param <X> the type of the updates in this version
	 * @param <F> the type of what comes with a rejection in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V, W, X, F> CalleeStateRpc<Q, S, U, E> version(StateRpc<V, W, X, F> rpc,
			Function<? super V, ? extends Q> query, Function<? super S, ? extends W> state,
			Function<? super U, ? extends X> update, Function<? super E, ? extends F> error) {
		Conversion<V, Q> fromQuery = new Conversion<>(rpc.id(), "query", query);
		Conversion<S, W> toState = new Conversion<>(rpc.id(), "state", state);
		Conversion<U, X> toUpdate = new Conversion<>(rpc.id(), "update", update);
		Conversion<E, F> toError = new Conversion<>(rpc.id(), "error", error);
		return new CalleeStateRpc<>(this.versions.with(rpc.id(),
				(handler) -> rpc.implement((context, value) -> handler.handle(context, fromQuery.apply(value))
					.thenApply((outcome) -> ConvertedOutcome.of(outcome, (stream) -> convert(stream, toState, toUpdate),
							toError)))));
	}

	private static <S, U, W, X> StateStream<W, X> convert(StateStream<S, U> stream, Conversion<S, W> state,
			Conversion<U, X> update) {
		try {
			return new StateStream<>(state.apply(stream.state()), ConvertedPipe.of(stream.updates(), update));
		}
		catch (ConversionException ex) {
			// Whoever writes the updates learns that nobody reads them.
			stream.updates().close();
			throw ex;
		}
	}

	/**
	 * Answers all versions with a state and its updates. If the conversion of an update
	 * throws, that one stream fails.
	 * @param handler called for every query; as for {@link StateRpc#implement}
	 * @return the implementations of all versions, for
	 * {@link io.persistentconn.rpc.Implementations.Builder#addAll}
	 */
	public List<Implementation> implementMulti(RpcHandler<? super Q, Outcome<StateStream<S, U>, E>> handler) {
		return this.versions.all().stream().map((version) -> version.apply(handler)).toList();
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CalleeStateRpc(" + this.versions + ")";
	}

}
