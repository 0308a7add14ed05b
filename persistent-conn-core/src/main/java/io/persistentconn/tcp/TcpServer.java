package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.EventBus;

/**
 * A server that listens on a socket and calls a handler for every client.
 *
 * <pre>{@code
 * TcpServer.builder(WhereToListen.port(7000)).transport(transport)
 *     .start((client, reader, writer) -> reader.transferTo(writer));
 * }</pre>
 * <p>
 * It can {@linkplain #stop stop} and {@linkplain #start start} again, any number of
 * times, until it is {@linkplain #closeAsync() closed}, which is for good. Its state
 * lives on one event loop of its {@link NettyTransport}, while clients are spread over
 * all of them. All methods may be called from any thread and none blocks.
 * <p>
 * Source: the seed on TCP servers, rules T5 to T12 and T14.
 *
 * @param <A> the type of the addresses of the server and its clients
 * @param <L> what {@link #listeningOn()} tells: a port or a path
 */
public final class TcpServer<A extends SocketAddress, L> implements AsyncCloseable {

	private final TcpServerOptions<A, L> options;

	private final Owner owner;

	private final EventBus<TcpServerEvent> events;

	private final ServerLife<A> life;

	TcpServer(TcpServerOptions<A, L> options, Function<Addresses<A>, ClientHandler<A>> handler) {
		NettyTransport transport = options.transport;
		if (transport == null) {
			throw new IllegalStateException("transport: none (expected: a NettyTransport)");
		}
		LivenessOptions.check(transport, options.where instanceof WhereToListen.Unix, options.connection.liveness());
		this.options = options;
		this.owner = new Owner(transport.next());
		this.events = new EventBus<>(this.owner);
		this.life = new ServerLife<>(options, transport, this.owner, handler, this.events);
	}

	/**
	 * Describes a server.
	 * @param where where to listen
	 * @param <A> the type of the addresses
	 * @param <L> what {@link #listeningOn()} tells: a port or a path
	 * @return a builder with the defaults
	 */
	public static <A extends SocketAddress, L> TcpServerBuilder<A, L> builder(WhereToListen<A, L> where) {
		return new TcpServerBuilder<>(where);
	}

	/**
	 * Begins to listen; does nothing if the server does. If it is just stopping, it first
	 * does that to the end. A port chosen by the OS is chosen anew.
	 * @return a new future of this server, which completes once it listens. It fails with
	 * {@link BindFailedException} if it cannot, and may be started again then; with
	 * {@link io.persistentconn.concurrent.PersistentConnException} if it is closed
	 */
	public CompletableFuture<TcpServer<A, L>> start() {
		return this.life.start().thenApply((started) -> this);
	}

	/**
	 * Stops listening, until {@link #start()}. The handler is not called for anybody who
	 * was not handled when this was called: those are closed.
	 * @param existing what becomes of the clients that there are
	 * @return a new future that completes once the listening socket is closed, no call of
	 * the handler is under way, and, with {@link CloseExisting#YES}, the sockets of all
	 * clients are closed
	 */
	public CompletableFuture<Void> stop(CloseExisting existing) {
		return this.life.stop(existing, null);
	}

	/**
	 * Stops listening for good. Existing clients go on. The same as
	 * {@link #closeAsync(CloseExisting) closeAsync(NO)}.
	 * @return see there
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return closeAsync(CloseExisting.NO);
	}

	/**
	 * Stops listening for good. From this call on {@link #isClosed()}, and no call of the
	 * handler begins, except one that another thread is just about to make; see
	 * {@link #closeFinished()}. May be called again, with {@link CloseExisting#YES} to
	 * close the clients, too.
	 * @param existing what becomes of the clients that there are
	 * @return the same as {@link #closeFinished()}
	 */
	public CompletableFuture<Void> closeAsync(CloseExisting existing) {
		return this.life.close(existing);
	}

	@Override
	public boolean isClosed() {
		return this.life.isClosed();
	}

	/**
	 * Observes closing without initiating it.
	 * @return a new future that completes once the listening socket is closed, no call of
	 * the handler is under way or will be made, and, if closing the clients was asked for
	 * until then, their sockets are closed. Handlers may still be working: closing does
	 * not, and cannot, stop them
	 */
	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.life.closeFinished();
	}

	/**
	 * Observes closing, and the end of all handlers.
	 * @return a new future that completes after {@link #closeFinished()}, once the stages
	 * of all handlers have completed
	 */
	public CompletableFuture<Void> closeFinishedAndHandlersDetermined() {
		return closeFinished().thenComposeAsync((closed) -> this.life.reception().clients().handlersFinished(),
				this.owner);
	}

	/**
	 * Lets the present clients finish, and waits until there are none. Call it after
	 * {@link #stop stop(NO)}, or others come.
	 * <p>
	 * To the handler of a client, the stream ends as soon as nothing is unread, as if the
	 * client had closed its side: what the client has begun to say is still received, and
	 * what the handler writes still goes out. Handlers on bare sockets are not told.
	 * @return as {@link #noConnections()}
	 */
	public CompletableFuture<Void> drain() {
		this.owner.execute(() -> this.life.reception().clients().endInput());
		return noConnections();
	}

	/**
	 * Observes the present clients without doing anything about them.
	 * @return a new future that completes once {@link #numConnections()} is 0
	 */
	public CompletableFuture<Void> noConnections() {
		return CompletableFuture.supplyAsync(() -> this.life.reception().clients().none(), this.owner)
			.thenCompose((none) -> none);
	}

	/**
	 * Whether the server listens at present.
	 * @return {@code true} from before {@link #start()} completes, until it stops
	 */
	public boolean isListening() {
		Listening<A> latest = this.life.latest();
		return latest != null && latest.channel.isActive();
	}

	/**
	 * Where the server listens, or did before it stopped.
	 * @return the port or path
	 * @throws IllegalStateException if it has not listened yet
	 */
	public L listeningOn() {
		return this.options.where.listeningOn(listeningOnAddress());
	}

	/**
	 * Where the server listens, or did before it stopped.
	 * @return the address that the listening socket is bound to
	 * @throws IllegalStateException if it has not listened yet
	 */
	public A listeningOnAddress() {
		return latest().address;
	}

	/**
	 * The listening socket, for experts. Accepting on it directly goes past the limits;
	 * closing it stops the server.
	 * @return the Netty channel, the last one if the server stopped
	 * @throws IllegalStateException if the server has not listened yet
	 */
	public Channel listeningSocket() {
		return latest().channel;
	}

	private Listening<A> latest() {
		Listening<A> latest = this.life.latest();
		if (latest == null) {
			throw new IllegalStateException(this + " has not listened yet (expected: started)");
		}
		return latest;
	}

	/**
	 * How many clients there are. A client counts from when it is accepted until its
	 * socket is closed and its handler has finished; those dropped or rejected never do.
	 * @return at most {@link #maxConnections()}
	 */
	public int numConnections() {
		return this.life.reception().clients().number();
	}

	/**
	 * How many clients there may be.
	 * @return the limit
	 */
	public int maxConnections() {
		return this.options.maxConnections;
	}

	/**
	 * Counts since the server was built.
	 * @return a snapshot
	 */
	public TcpServerCounters counters() {
		return this.life.reception().admission().counters();
	}

	/**
	 * How many bytes all clients together have sent since the server was built, after
	 * decryption. Always 0 for a server on bare sockets.
	 * @return the number of bytes
	 */
	public long bytesRead() {
		return this.options.traffic.bytesRead();
	}

	/**
	 * How many bytes written to all clients together the OS has taken since the server
	 * was built, before encryption. Always 0 for a server on bare sockets.
	 * @return the number of bytes
	 */
	public long bytesWritten() {
		return this.options.traffic.bytesWritten();
	}

	/**
	 * Accepts further clients and closes them at once, or no longer. Those who are there
	 * stay. While {@link #maxConnections()} are connected and {@link Overload#HOLD} is
	 * set, nobody is accepted, so nobody is dropped either. Source: rule T8.
	 * @param drop whether to drop clients
	 */
	public void setDropIncomingConnections(boolean drop) {
		this.life.reception().admission().setDropping(drop);
	}

	/**
	 * Whether clients are dropped.
	 * @return what was last set
	 */
	public boolean isDroppingIncomingConnections() {
		return this.life.reception().admission().isDropping();
	}

	/**
	 * Observes the server.
	 * @param listener called on the server's event loop, so it must not block; first with
	 * the last event, if there was one
	 * @return takes the listener away
	 */
	public Cancellable addListener(Consumer<? super TcpServerEvent> listener) {
		return this.events.addListener(listener);
	}

	/**
	 * The name that log lines and errors use.
	 * @return the name
	 */
	public String name() {
		return this.options.name;
	}

	@Override
	public String toString() {
		Listening<A> latest = this.life.latest();
		return "TcpServer(" + name() + ((isListening() && latest != null) ? ", listening on " + latest.address : "")
				+ ")";
	}

}
