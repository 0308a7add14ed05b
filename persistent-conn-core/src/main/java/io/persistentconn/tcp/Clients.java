package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The clients of a server, each from the instant it is accepted until its socket is
 * closed and its handler has finished. Only the server's event loop may touch this, but
 * anyone may read the number.
 *
 * @param <A> the type of the clients' addresses
 */
final class Clients<A extends SocketAddress> {

	private final Set<Client<A>> clients = new LinkedHashSet<>();

	private final List<CompletableFuture<Void>> waitingForNone = new ArrayList<>();

	private volatile int number;

	/** How many there are; may be asked from any thread. */
	int number() {
		return this.number;
	}

	void add(Client<A> client) {
		this.clients.add(client);
		this.number = this.clients.size();
	}

	void remove(Client<A> client) {
		this.clients.remove(client);
		this.number = this.clients.size();
		if (this.clients.isEmpty()) {
			List<CompletableFuture<Void>> waiting = List.copyOf(this.waitingForNone);
			this.waitingForNone.clear();
			waiting.forEach((none) -> none.complete(null));
		}
	}

	/** Closes the sockets of all; completes when their descriptors are closed. */
	CompletableFuture<Void> closeAll() {
		this.clients.forEach(Client::close);
		return all(Client::socketClosed);
	}

	/** Closes those whose handler was not called before the server's gate was shut. */
	void closeUnhandled() {
		this.clients.forEach(Client::closeUnlessHandled);
	}

	/** Completes when the handlers of all have finished. */
	CompletableFuture<Void> handlersFinished() {
		return all(Client::handlerFinished);
	}

	/** Lets the handlers of all finish. */
	void endInput() {
		this.clients.forEach(Client::endInput);
	}

	/** Completes when there is none. */
	CompletableFuture<Void> none() {
		CompletableFuture<Void> none = new CompletableFuture<>();
		if (this.clients.isEmpty()) {
			none.complete(null);
		}
		else {
			this.waitingForNone.add(none);
		}
		return none;
	}

	private CompletableFuture<Void> all(Function<Client<A>, CompletableFuture<Void>> stage) {
		return CompletableFuture.allOf(this.clients.stream().map(stage).toArray(CompletableFuture<?>[]::new));
	}

}
