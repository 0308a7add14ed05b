package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.channel.Channel;

/**
 * What a server does with the socket of a client: calls the user's handler, on the bare
 * socket or on a connection, and closes it when that has finished.
 *
 * @param <A> the type of the clients' addresses
 */
@FunctionalInterface
interface ClientHandler<A extends SocketAddress> {

	/**
	 * Called on the event loop of the socket.
	 * @return a stage that fails if the user's handler throws or its stage fails
	 * @throws RuntimeException if the socket cannot be made ready, such as when it is
	 * closed already; the user's handler was not called then
	 */
	CompletionStage<?> handle(A client, Channel socket);

	static <A extends SocketAddress> ClientHandler<A> of(TcpSockHandler<A> handler, ConnectionSettings settings) {
		return (client, socket) -> {
			LivenessOptions.set(socket, settings.liveness());
			return stageOf(() -> handler.handle(client, socket)).whenComplete((result, error) -> socket.close());
		};
	}

	static <A extends SocketAddress> ClientHandler<A> of(TcpConnectionHandler<A> handler, Addresses<A> addresses,
			ConnectionSettings settings, Traffic total) {
		return (client, socket) -> {
			TcpConnection<A> connection = TcpConnection.attach(socket, client, addresses.localOf(socket), settings,
					EofPolicy.STAY_HALF_OPEN);
			connection.traffic().countInto(total);
			return stageOf(() -> handler.handle(connection)).whenComplete((result, error) -> connection.closeAsync());
		};
	}

	private static CompletionStage<?> stageOf(Callable<? extends CompletionStage<?>> call) {
		try {
			return Objects.requireNonNull(call.call(), "The handler returned null (expected: a stage)");
		}
		catch (Throwable ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

}
