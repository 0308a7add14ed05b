package io.persistentconn.sample;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.persistentconn.binprot.Unit;
import io.persistentconn.connection.ConnectionEvent.Connected;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StateStream;

/**
 * Subscribes to the vitals of a node, and again whenever there is a new connection to it.
 */
final class VitalsSubscription {

	private VitalsSubscription() {
	}

	/**
	 * Subscribes for ever.
	 * @param receiver told of all vitals, on an event loop, so it must not block
	 * @param onFailure told why vitals end although the connection goes on
	 */
	static void start(PersistentConnection<RpcConnection> node, Consumer<Vitals> receiver,
			Consumer<Throwable> onFailure) {
		node.addListener((event) -> {
			if (event instanceof Connected<?, RpcConnection> connected) {
				RpcConnection connection = connected.connection();
				subscribe(connection, receiver).whenComplete((end, failure) -> {
					if (failure != null && !connection.isClosed()) {
						onFailure.accept(failure);
					}
				});
			}
		});
	}

	private static CompletableFuture<Void> subscribe(RpcConnection connection, Consumer<Vitals> receiver) {
		return FleetRpcs.VITALS.dispatch(connection, Unit.UNIT).thenCompose((outcome) -> {
			StateStream<Vitals, Vitals> vitals = outcome.orElseThrow();
			receiver.accept(vitals.state());
			return vitals.updates().forEach((update) -> {
				receiver.accept(update);
				return CompletableFuture.completedFuture(null);
			});
		});
	}

}
