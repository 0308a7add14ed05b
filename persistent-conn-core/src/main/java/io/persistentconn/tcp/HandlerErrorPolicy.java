package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.function.BiConsumer;

/**
 * What a server does when the handler of a client fails. That client's socket is closed
 * in any case. Source: {@code on_handler_error} of the seed on TCP servers, rule T9.
 *
 * @param <A> the type of the clients' addresses
 */
@FunctionalInterface
public interface HandlerErrorPolicy<A extends SocketAddress> {

	/**
	 * Called on the server's event loop, so it must not block.
	 * @param client the address of the client
	 * @param error what the handler threw, or what its stage failed with
	 * @throws Throwable whatever it throws stops the server: it accepts no further
	 * clients and closes its listening socket, but existing clients go on. What it throws
	 * reaches the server's uncaught-exception handler
	 */
	void onHandlerError(A client, Throwable error) throws Throwable;

	/**
	 * The server stops, and the error reaches its uncaught-exception handler.
	 * @param <A> the type of the clients' addresses
	 * @return a policy that throws the error
	 */
	static <A extends SocketAddress> HandlerErrorPolicy<A> raise() {
		return (client, error) -> {
			throw error;
		};
	}

	/**
	 * The server goes on without a word.
	 * @param <A> the type of the clients' addresses
	 * @return a policy that does nothing
	 */
	static <A extends SocketAddress> HandlerErrorPolicy<A> ignore() {
		return (client, error) -> {
		};
	}

	/**
	 * The server goes on, unless the callback throws.
	 * @param <A> the type of the clients' addresses
	 * @param callback called on the server's event loop, so it must not block
	 * @return a policy that calls it
	 */
	static <A extends SocketAddress> HandlerErrorPolicy<A> call(BiConsumer<? super A, ? super Throwable> callback) {
		return callback::accept;
	}

}
