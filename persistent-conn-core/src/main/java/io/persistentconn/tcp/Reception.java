package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.persistentconn.concurrent.EventBus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the clients of a server: keeps the list of them, gives each an event loop and
 * the handler, and deals with handlers that fail. Runs on the server's event loop unless
 * said otherwise. Source: rules T6, T7 and T9.
 *
 * @param <A> the type of the addresses
 */
final class Reception<A extends SocketAddress> {

	private static final Logger logger = LoggerFactory.getLogger(TcpServer.class);

	private static final Duration WARN_EVERY = Duration.ofMinutes(1);

	private final TcpServerOptions<A, ?> options;

	private final Addresses<A> addresses;

	private final EventLoopGroup eventLoops;

	private final Owner owner;

	private final ClientHandler<A> handler;

	private final EventBus<TcpServerEvent> events;

	private final Consumer<Throwable> stop;

	private final Clients<A> clients = new Clients<>();

	private final Admission admission;

	private final AtMostOnce limitWarnings;

	private final AtMostOnce failureWarnings;

	private @Nullable Acceptor acceptor;

	/**
	 * Creates a reception without clients.
	 * @param stop is told what the handler error policy threw
	 */
	Reception(TcpServerOptions<A, ?> options, Addresses<A> addresses, EventLoopGroup eventLoops, Owner owner,
			ClientHandler<A> handler, EventBus<TcpServerEvent> events, Consumer<Throwable> stop) {
		this.options = options;
		this.addresses = addresses;
		this.eventLoops = eventLoops;
		this.owner = owner;
		this.handler = handler;
		this.events = events;
		this.stop = stop;
		this.admission = new Admission(options, this.clients::number);
		this.limitWarnings = new AtMostOnce(WARN_EVERY, owner.eventLoop().ticker());
		this.failureWarnings = new AtMostOnce(WARN_EVERY, owner.eventLoop().ticker());
	}

	Clients<A> clients() {
		return this.clients;
	}

	Admission admission() {
		return this.admission;
	}

	/**
	 * Begins to accept.
	 * @param channel listens
	 * @param gate the handler is called through this
	 */
	void begin(Channel channel, HandlerGate gate) {
		Acceptor begun = new Acceptor(channel, this.admission, (socket) -> receive(socket, gate), this::acceptFailed);
		this.acceptor = begun;
		begun.update();
	}

	/** The listening channel was closed, and the gate shut. */
	void end() {
		this.acceptor = null;
		this.clients.closeUnhandled();
	}

	/** Closes the sockets of all clients; completes when their descriptors are closed. */
	CompletableFuture<Void> closeAll() {
		return this.clients.closeAll();
	}

	private void receive(Channel socket, HandlerGate gate) {
		A address = this.addresses.remoteOf(socket);
		Client<A> client = new Client<>(address, socket, gate, this.handler, this.options.tls, this::handlerFailed);
		this.clients.add(client);
		this.admission.accepted.increment();
		CompletableFuture.allOf(client.socketClosed(), client.handlerFinished())
			.thenRun(() -> this.owner.execute(() -> release(client)));
		socket.pipeline().addLast(client);
		// If the event loop refuses the socket, Netty closes it.
		this.eventLoops.register(socket);
		if (this.admission.isFull()) {
			limitReached();
		}
	}

	private void release(Client<A> client) {
		this.clients.remove(client);
		if (this.acceptor != null) {
			this.acceptor.update();
		}
	}

	private void limitReached() {
		this.admission.limitReached.increment();
		if (this.limitWarnings.passes()) {
			logger.warn("Server {}: as many clients as maxConnections allows, {}; overload: {}", this.options.name,
					this.options.maxConnections, this.options.overload);
			this.events.publish(new TcpServerEvent.LimitReached(this.options.maxConnections));
		}
	}

	private void acceptFailed(Throwable cause) {
		if (this.failureWarnings.passes()) {
			logger.warn("Server {}: could not accept, will try again: {}", this.options.name, cause.toString());
		}
	}

	/** Called on any thread. */
	private void handlerFailed(A client, Throwable error) {
		this.owner.execute(() -> {
			this.admission.handlerErrors.increment();
			this.events.publish(new TcpServerEvent.HandlerFailed(client, error));
			try {
				askPolicy(client, error);
			}
			catch (Throwable raised) {
				this.stop.accept(raised);
				reportUncaught(raised);
			}
		});
	}

	private void askPolicy(A client, Throwable error) throws Throwable {
		if (this.options.onHandlerError != null) {
			this.options.onHandlerError.onHandlerError(client, error);
		}
		else if (error instanceof TcpConnectionException) {
			logger.debug("Server {}: client {} was lost", this.options.name, client, error);
		}
		else {
			logger.warn("Server {}: the handler of client {} failed", this.options.name, client, error);
		}
	}

	private void reportUncaught(Throwable raised) {
		if (this.options.uncaughtExceptionHandler == null) {
			logger.error("Server {} stops, for its handler error policy threw", this.options.name, raised);
			return;
		}
		try {
			this.options.uncaughtExceptionHandler.accept(raised);
		}
		catch (Throwable ex) {
			logger.error("Server {}: the uncaught-exception handler failed on {}", this.options.name, raised, ex);
		}
	}

}
