package io.persistentconn.autoconfigure.subscription;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.persistentconn.durable.StreamDispatcher;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StreamHandler;

/**
 * Makes the calls of a subscription, each with the query of the moment.
 *
 * @param rpc the RPC, by which the subscription is known in errors
 * @param query gives the query
 * @param call calls the RPC
 * @param <H> what an acceptance gives
 */
record QueryDispatcher<H>(Object rpc, Supplier<Object[]> query,
		Call<H> call) implements StreamDispatcher<RpcConnection, H, Object, Object> {

	@Override
	public CompletionStage<Outcome<H, Object>> dispatch(RpcConnection connection, StreamHandler<Object> handler) {
		return this.call.dispatch(connection, this.query.get(), handler);
	}

	@Override
	public String toString() {
		return this.rpc.toString();
	}

	/**
	 * Calls an RPC.
	 *
	 * @param <H> what an acceptance gives
	 */
	@FunctionalInterface
	interface Call<H> {

		CompletionStage<Outcome<H, Object>> dispatch(RpcConnection connection, Object[] query,
				StreamHandler<Object> handler);

	}

}
