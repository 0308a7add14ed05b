package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.persistentconn.concurrent.EventBus;
import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * Starts, stops and closes a server, as often as it is told to. The commands come from
 * any thread and are carried out one after the other, each to its end, on the server's
 * event loop, which alone touches the state. Source: rules T10 and T14.
 *
 * @param <A> the type of the addresses
 */
final class ServerLife<A extends SocketAddress> {

	private final String name;

	private final Addresses<A> addresses;

	private final Owner owner;

	private final Binder binder;

	private final Reception<A> reception;

	private final EventBus<TcpServerEvent> events;

	/** The present period, or else the last one. Written by the owner. */
	private volatile @Nullable Listening<A> latest;

	private volatile boolean closed;

	/** How many calls of {@link #close} are being carried out. */
	private final AtomicInteger closing = new AtomicInteger();

	private final CompletableFuture<Void> closeFinished = new CompletableFuture<>();

	private CompletableFuture<Void> lastCommand = CompletableFuture.completedFuture(null);

	ServerLife(TcpServerOptions<A, ?> options, NettyTransport transport, Owner owner,
			Function<Addresses<A>, ClientHandler<A>> handler, EventBus<TcpServerEvent> events) {
		this.name = options.name;
		this.addresses = new Addresses<>(options.where, transport.sockets());
		this.owner = owner;
		this.binder = new Binder(options, transport.sockets(), owner.eventLoop());
		this.reception = new Reception<>(options, this.addresses, transport.eventLoopGroup(), owner,
				handler.apply(this.addresses), events, (raised) -> stop(CloseExisting.NO, raised));
		this.events = events;
	}

	Reception<A> reception() {
		return this.reception;
	}

	CompletableFuture<Void> start() {
		return enqueue(this::startNow);
	}

	/**
	 * Stops listening.
	 * @param existing what becomes of the clients
	 * @param error why, if nobody asked for it
	 */
	CompletableFuture<Void> stop(CloseExisting existing, @Nullable Throwable error) {
		shutGate();
		return enqueue(() -> stopNow(existing, error));
	}

	/** Stops for good. */
	CompletableFuture<Void> close(CloseExisting existing) {
		this.closing.incrementAndGet();
		this.closed = true;
		shutGate();
		enqueue(() -> stopNow(existing, null)).whenComplete((result, error) -> {
			if (this.closing.decrementAndGet() == 0) {
				this.closeFinished.complete(null);
			}
		});
		return closeFinished();
	}

	boolean isClosed() {
		return this.closed;
	}

	CompletableFuture<Void> closeFinished() {
		return this.closeFinished.copy();
	}

	@Nullable Listening<A> latest() {
		return this.latest;
	}

	/** From now on no handler is called, whatever the owner is doing at present. */
	private void shutGate() {
		Listening<A> listening = this.latest;
		if (listening != null) {
			listening.gate.shut();
		}
	}

	private CompletableFuture<Void> enqueue(Supplier<CompletableFuture<Void>> command) {
		CompletableFuture<Void> outcome = new CompletableFuture<>();
		this.owner.execute(() -> {
			CompletableFuture<Void> previous = this.lastCommand;
			this.lastCommand = outcome;
			previous.handle((result, error) -> null)
				.thenCompose((ignored) -> command.get())
				.whenComplete((result, error) -> {
					if (error != null) {
						outcome.completeExceptionally(StageErrors.unwrap(error));
					}
					else {
						outcome.complete(null);
					}
				});
		});
		return outcome.copy();
	}

	private CompletableFuture<Void> startNow() {
		if (this.closed) {
			return CompletableFuture.failedFuture(new PersistentConnException("Server " + this.name + " is closed"));
		}
		if (this.owner.eventLoop().isShuttingDown()) {
			// Netty would tell nobody that it refuses.
			return CompletableFuture
				.failedFuture(new BindFailedException(this.addresses.where(), "the transport is closed", null));
		}
		Listening<A> listening = this.latest;
		if (listening != null && listening.channel.isOpen()) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> before = (listening != null) ? listening.finished
				: CompletableFuture.completedFuture(null);
		return before.thenCompose((ignored) -> this.binder.bind()).thenAccept(this::listen);
	}

	private void listen(Channel channel) {
		A address;
		try {
			address = this.addresses.localOf(channel);
		}
		catch (RuntimeException ex) {
			channel.close();
			throw new BindFailedException(this.addresses.where(), "the socket is bound to " + channel.localAddress(),
					ex);
		}
		Listening<A> listening = new Listening<>(channel, address, new HandlerGate());
		this.latest = listening;
		if (this.closed) {
			// Was closed, by another thread, between the command and the line above.
			listening.gate.shut();
		}
		channel.closeFuture().addListener((closing) -> {
			listening.gate.shut();
			this.reception.end();
		});
		ClosedDescriptor.of(channel).thenRun(() -> listening.gate.quiet().thenRun(() -> finish(listening)));
		this.events.publish(new TcpServerEvent.Listening(address));
		this.reception.begin(channel, listening.gate);
	}

	private void finish(Listening<A> listening) {
		this.owner.execute(() -> {
			this.events.publish(new TcpServerEvent.Stopped(listening.address, listening.error));
			listening.finished.complete(null);
		});
	}

	private CompletableFuture<Void> stopNow(CloseExisting existing, @Nullable Throwable error) {
		if (this.owner.isGone()) {
			return CompletableFuture.completedFuture(null);
		}
		Listening<A> listening = this.latest;
		if (listening != null && listening.channel.isOpen()) {
			listening.error = error;
			listening.channel.close();
		}
		CompletableFuture<Void> stopped = (listening != null) ? listening.finished
				: CompletableFuture.completedFuture(null);
		return (existing == CloseExisting.YES) ? CompletableFuture.allOf(stopped, this.reception.closeAll()) : stopped;
	}

}
