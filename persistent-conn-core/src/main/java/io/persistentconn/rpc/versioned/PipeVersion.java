package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StreamHandle;
import io.persistentconn.rpc.StreamHandler;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One version of a {@link CallerPipeRpc}: its types, to the right, are converted to and
 * from those of the model.
 *
 * @param <Q> the model of the query
 * @param <U> the model of the updates
 * @param <E> the model of what comes with a rejection
 */
record PipeVersion<Q, U, E, V, X, F>(PipeRpc<V, X, F> rpc, Conversion<Q, V> query, Conversion<X, U> update,
		Conversion<F, E> error) {

	CompletableFuture<Outcome<Pipe<Result<U, ConversionException>>, E>> dispatch(RpcConnection connection, Q model,
			@Nullable QueryMetadata metadata) {
		return ConvertedCall.of(this.rpc.dispatch(connection, this.query.apply(model), metadata),
				(outcome) -> ConvertedOutcome.of(outcome, (pipe) -> ConvertedPipe.of(pipe, this.update::attempt),
						this.error));
	}

	CompletableFuture<Outcome<StreamHandle, E>> dispatchIter(RpcConnection connection, Q model,
			StreamHandler<Result<U, ConversionException>> handler) {
		return ConvertedCall.of(
				this.rpc.dispatchIter(connection, this.query.apply(model),
						new ConvertedUpdates<>(this.update, handler)),
				(outcome) -> ConvertedOutcome.of(outcome, (handle) -> handle, this.error));
	}

}
