package io.persistentconn.autoconfigure.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;

/**
 * Calls over the connection of the moment. Used by any thread; never blocks.
 *
 * @param connection the connection
 * @param longestWait how long a call waits while there is none
 */
record Calls(PersistentConnection<RpcConnection> connection, Duration longestWait) {

	/**
	 * Begins a call.
	 * @param dispatch calls over a connection
	 * @param result makes the result of the answer
	 * @return a new future, which fails as
	 * {@link PersistentConnection#connected(Duration)} if there is no connection;
	 * cancelling it cancels the call
	 */
	<R, T> CompletableFuture<T> begin(Function<RpcConnection, CompletableFuture<R>> dispatch,
			Function<? super R, ? extends T> result) {
		ClientCall<T> call = new ClientCall<>();
		Optional<RpcConnection> current = this.connection.currentConnection();
		if (current.isPresent()) {
			call.follow(dispatch.apply(current.get()), (answer) -> call.complete(result.apply(answer)));
		}
		else {
			call.follow(this.connection.connected(this.longestWait), (connected) -> call
				.follow(dispatch.apply(connected), (answer) -> call.complete(result.apply(answer))));
		}
		return call;
	}

}
