package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.Result;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StateHandle;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.StreamHandler;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One version of a {@link CallerStateRpc}: its types, to the right, are converted to and
 * from those of the model.
 *
 * @param <Q> the model of the query
 * @param <S> the model of the state
 * @param <U> the model of the updates
 * @param <E> the model of what comes with a rejection
 */
record StateVersion<Q, S, U, E, V, W, X, F>(StateRpc<V, W, X, F> rpc, Conversion<Q, V> query, Conversion<W, S> state,
		Conversion<X, U> update, Conversion<F, E> error) {

	CompletableFuture<Outcome<StateStream<S, Result<U, ConversionException>>, E>> dispatch(RpcConnection connection,
			Q model, @Nullable QueryMetadata metadata) {
		return ConvertedCall.of(this.rpc.dispatch(connection, this.query.apply(model), metadata),
				(outcome) -> ConvertedOutcome.of(outcome,
						(stream) -> new StateStream<>(this.state.apply(stream.state()),
								ConvertedPipe.of(stream.updates(), this.update::attempt)),
						this.error));
	}

	CompletableFuture<Outcome<StateHandle<S>, E>> dispatchIter(RpcConnection connection, Q model,
			StreamHandler<Result<U, ConversionException>> handler) {
		return ConvertedCall.of(
				this.rpc.dispatchIter(connection, this.query.apply(model),
						new ConvertedUpdates<>(this.update, handler)),
				(outcome) -> ConvertedOutcome.of(outcome,
						(handle) -> new StateHandle<>(this.state.apply(handle.state()), handle.stream()), this.error));
	}

}
