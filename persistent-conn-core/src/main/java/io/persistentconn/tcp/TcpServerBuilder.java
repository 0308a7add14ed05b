package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.SslContext;

/**
 * Builds servers. Every method checks its argument at once; nothing is opened before a
 * server starts. A builder may build several servers; it is not thread safe.
 * <p>
 * Source: {@code create_options} of the seed on TCP servers, rules T5 to T12.
 *
 * @param <A> the type of the addresses of the server and its clients
 * @param <L> what {@link TcpServer#listeningOn()} tells: a port or a path
 */
public final class TcpServerBuilder<A extends SocketAddress, L> {

	private final TcpServerOptions<A, L> options;

	TcpServerBuilder(WhereToListen<A, L> where) {
		this.options = new TcpServerOptions<>(where);
	}

	/**
	 * Sets the event loops to run on. Required.
	 * @param transport its maker closes it, after the server
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> transport(NettyTransport transport) {
		this.options.transport = transport;
		return this;
	}

	/**
	 * Names the server in log lines and errors.
	 * @param name the name; where the server listens by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> name(String name) {
		this.options.name = name;
		return this;
	}

	/**
	 * Limits how many clients are connected at a time. While there are so many the server
	 * does not accept, unless {@link #overload} says otherwise. A client counts from when
	 * it is accepted until its socket is closed and its handler has finished.
	 * @param maxConnections at least 1; by default the greater of 10,000 and 90% of the
	 * descriptors that the process may have
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1
	 */
	public TcpServerBuilder<A, L> maxConnections(int maxConnections) {
		this.options.maxConnections = Checks.atLeastOne("maxConnections", maxConnections);
		return this;
	}

	/**
	 * Limits how many clients are accepted at a time. More speed up accepting under heavy
	 * load, at the cost of the clients that are there already.
	 * @param maxAcceptsPerBatch at least 1, the default
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1
	 */
	public TcpServerBuilder<A, L> maxAcceptsPerBatch(int maxAcceptsPerBatch) {
		this.options.maxAcceptsPerBatch = Checks.atLeastOne("maxAcceptsPerBatch", maxAcceptsPerBatch);
		return this;
	}

	/**
	 * Sets how many clients may wait to be accepted. What happens to more is up to the
	 * operating system.
	 * @param backlog at least 1; 64 by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1
	 */
	public TcpServerBuilder<A, L> backlog(int backlog) {
		this.options.backlog = Checks.atLeastOne("backlog", backlog);
		return this;
	}

	/**
	 * Says what happens to further clients while {@link #maxConnections} are connected.
	 * @param overload {@link Overload#HOLD} by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> overload(Overload overload) {
		this.options.overload = overload;
		return this;
	}

	/**
	 * Begins with dropping clients, see {@link TcpServer#setDropIncomingConnections}.
	 * @param drop whether to; {@code false} by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> dropIncomingConnections(boolean drop) {
		this.options.dropIncomingConnections = drop;
		return this;
	}

	/**
	 * Lets the server listen on a port whose former connections still linger.
	 * @param reuseAddress {@code true} by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> reuseAddress(boolean reuseAddress) {
		this.options.reuseAddress = reuseAddress;
		return this;
	}

	/**
	 * Lets several servers listen on one port, if all of them say so. Starting fails
	 * where the platform cannot.
	 * @param reusePort {@code false} by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> reusePort(boolean reusePort) {
		this.options.reusePort = reusePort;
		return this;
	}

	/**
	 * Uses a listening socket of the caller's. No options are set on it, not even
	 * {@link #reuseAddress} and {@link #backlog}, and no file of a unix socket is removed
	 * before binding. It is bound unless it is bound already.
	 * @param socket gives an unregistered channel that fits the transport; asked at every
	 * start, on the server's event loop, and once more for each retry of a port chosen by
	 * the OS. The server owns the channel and closes it
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> socket(Supplier<? extends ServerChannel> socket) {
		this.options.socket = socket;
		return this;
	}

	/**
	 * Says what to do when a handler fails.
	 * @param policy by default the error is logged, at debug if it only says that the
	 * connection was lost
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> onHandlerError(HandlerErrorPolicy<? super A> policy) {
		this.options.onHandlerError = policy;
		return this;
	}

	/**
	 * Says who hears of an error that the handler error policy threw.
	 * @param handler called on the server's event loop, so it must not block; by default
	 * the error is logged
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> uncaughtExceptionHandler(Consumer<? super Throwable> handler) {
		this.options.uncaughtExceptionHandler = handler;
		return this;
	}

	/**
	 * Encrypts all connections. The handler is called when the handshake is done; a
	 * client whose handshake fails, or takes too long, costs only its own connection. It
	 * counts meanwhile.
	 * @param context asked for every client, on the event loop of its socket, so that
	 * certificates can be replaced
	 * @param handshakeTimeout how long a handshake may take
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not positive
	 */
	public TcpServerBuilder<A, L> ssl(Supplier<? extends SslContext> context, Duration handshakeTimeout) {
		this.options.tls = new TlsHandshake(context, Checks.positive("handshakeTimeout", handshakeTimeout));
		return this;
	}

	/**
	 * Encrypts all connections, with a handshake of at most ten seconds.
	 * @param context made with {@code SslContextBuilder.forServer}
	 * @return this builder
	 * @throws IllegalArgumentException if the context is for clients
	 */
	public TcpServerBuilder<A, L> ssl(SslContext context) {
		if (context.isClient()) {
			throw new IllegalArgumentException("context: for clients (expected: for servers)");
		}
		return ssl(() -> context, TlsHandshake.DEFAULT_TIMEOUT);
	}

	/**
	 * Limits how long written bytes may wait for a client that does not take them; then
	 * its connection is closed. Not for servers on bare sockets.
	 * @param limit {@link BufferAgeLimit#DEFAULT} by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> bufferAgeLimit(BufferAgeLimit limit) {
		this.options.connection = this.options.connection.withBufferAgeLimit(limit);
		return this;
	}

	/**
	 * Sets how many bytes are received ahead of being asked for. Not for servers on bare
	 * sockets.
	 * @param bytes at least 1; 64 KiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1
	 */
	public TcpServerBuilder<A, L> readerBufferSize(int bytes) {
		this.options.connection = this.options.connection.withReaderBufferSize(bytes);
		return this;
	}

	/**
	 * Sets when a writer is backed up. Not for servers on bare sockets.
	 * @param bytes at least 1; 128 KiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1
	 */
	public TcpServerBuilder<A, L> writerBufferSize(int bytes) {
		this.options.connection = this.options.connection.withWriterBufferSize(bytes);
		return this;
	}

	/**
	 * Says how clients that vanished are noticed. On bare sockets a read-idle timeout has
	 * no effect.
	 * @param liveness {@link Liveness#none()} by default
	 * @return this builder
	 */
	public TcpServerBuilder<A, L> liveness(Liveness liveness) {
		this.options.connection = this.options.connection.withLiveness(liveness);
		return this;
	}

	/**
	 * Builds a server that does not listen yet.
	 * @param handler called for every client
	 * @return the server, for {@link TcpServer#start()}
	 * @throws IllegalArgumentException if the transport cannot do what {@link #liveness}
	 * asks for
	 * @throws IllegalStateException if no transport was set
	 */
	public TcpServer<A, L> build(TcpHandler<A> handler) {
		return build(
				(connection) -> handler.handle(connection.remoteAddress(), connection.reader(), connection.writer()));
	}

	/**
	 * Builds a server that does not listen yet.
	 * @param handler called for every client
	 * @return the server, for {@link TcpServer#start()}
	 * @throws IllegalArgumentException if the transport cannot do what {@link #liveness}
	 * asks for
	 * @throws IllegalStateException if no transport was set
	 */
	public TcpServer<A, L> build(TcpConnectionHandler<A> handler) {
		TcpServerOptions<A, L> copy = this.options.clone();
		return new TcpServer<>(copy,
				(addresses) -> ClientHandler.of(handler, addresses, copy.connection, copy.traffic));
	}

	/**
	 * Builds a server on bare sockets that does not listen yet.
	 * @param handler called for every client
	 * @return the server, for {@link TcpServer#start()}
	 * @throws IllegalArgumentException if the transport cannot do what {@link #liveness}
	 * asks for
	 * @throws IllegalStateException if no transport was set
	 */
	public TcpServer<A, L> buildSock(TcpSockHandler<A> handler) {
		TcpServerOptions<A, L> copy = this.options.clone();
		return new TcpServer<>(copy, (addresses) -> ClientHandler.of(handler, copy.connection));
	}

	/**
	 * Builds a server and starts it.
	 * @param handler called for every client
	 * @return as {@link TcpServer#start()}
	 * @throws IllegalArgumentException if the transport cannot do what {@link #liveness}
	 * asks for
	 * @throws IllegalStateException if no transport was set
	 */
	public CompletableFuture<TcpServer<A, L>> start(TcpHandler<A> handler) {
		return build(handler).start();
	}

	/**
	 * Builds a server and starts it.
	 * @param handler called for every client
	 * @return as {@link TcpServer#start()}
	 * @throws IllegalArgumentException if the transport cannot do what {@link #liveness}
	 * asks for
	 * @throws IllegalStateException if no transport was set
	 */
	public CompletableFuture<TcpServer<A, L>> start(TcpConnectionHandler<A> handler) {
		return build(handler).start();
	}

	/**
	 * Builds a server on bare sockets and starts it.
	 * @param handler called for every client
	 * @return as {@link TcpServer#start()}
	 * @throws IllegalArgumentException if the transport cannot do what {@link #liveness}
	 * asks for
	 * @throws IllegalStateException if no transport was set
	 */
	public CompletableFuture<TcpServer<A, L>> startSock(TcpSockHandler<A> handler) {
		return buildSock(handler).start();
	}

}
