package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

import io.netty.channel.Channel;

/**
 * Connects to inet and unix sockets. Immutable, and cheap: the connections are the
 * transport's.
 * <p>
 * The returned futures complete on the event loop of the connection, where nothing may
 * block. Cancelling such a future, or completing it from outside, aborts the attempt, and
 * closes what comes of it.
 * <p>
 * All errors of connecting are {@link ConnectFailedException}s, which carry the address:
 * {@link ConnectTimedOutException} after the timeout, {@link ConnectInterruptedException}
 * after the interrupt. By the time that such a future fails, the socket is closed.
 * <p>
 * Source: the seed on TCP, rule T2.
 */
public final class TcpClient {

	private final NettyTransport transport;

	private final AddressLookup lookup;

	private TcpClient(NettyTransport transport, AddressLookup lookup) {
		this.transport = transport;
		this.lookup = lookup;
	}

	/**
	 * Creates a client.
	 * @param transport gives the event loops and sockets; not closed by the client
	 * @return a client that looks names up by {@link AddressResolver#jdk()}, on the JDK's
	 * common pool
	 */
	public static TcpClient over(NettyTransport transport) {
		return new TcpClient(transport, new AddressLookup(AddressResolver.jdk(), ForkJoinPool.commonPool()));
	}

	/**
	 * Looks names up in another way.
	 * @param resolver the way
	 * @param executor where it may block
	 * @return a client that does so
	 */
	public TcpClient withResolver(AddressResolver resolver, Executor executor) {
		return new TcpClient(this.transport, new AddressLookup(resolver, executor));
	}

	/**
	 * Connects a socket, for those who bring their own Netty handlers. Its
	 * {@code AUTO_READ} is off, so that nothing is received before they are in place: add
	 * them, then switch it on. Of the options, those of readers, writers and TLS do not
	 * apply.
	 * @param <A> the type of address
	 * @param where where to connect
	 * @param options how to connect
	 * @return a new future of the connected channel, which the caller closes
	 * @throws IllegalArgumentException if the options ask for what the transport cannot
	 * do
	 */
	public <A extends SocketAddress> CompletableFuture<Channel> connectSock(WhereToConnect<A> where,
			ConnectOptions options) {
		check(where, options);
		return attempt(where, options, (channel) -> {
			LivenessOptions.set(channel, options.liveness());
			return CompletableFuture.completedFuture(channel);
		});
	}

	/**
	 * Connects, with the default options.
	 * @param <A> the type of address
	 * @param where where to connect
	 * @return as {@link #connect(WhereToConnect, ConnectOptions)}
	 */
	public <A extends SocketAddress> CompletableFuture<TcpConnection<A>> connect(WhereToConnect<A> where) {
		return connect(where, ConnectOptions.defaults());
	}

	/**
	 * Connects.
	 * @param <A> the type of address
	 * @param where where to connect
	 * @param options how to connect
	 * @return a new future of the connection, which the caller closes
	 * @throws IllegalArgumentException if the options ask for what the transport cannot
	 * do
	 */
	public <A extends SocketAddress> CompletableFuture<TcpConnection<A>> connect(WhereToConnect<A> where,
			ConnectOptions options) {
		check(where, options);
		ConnectionFactory<A> factory = new ConnectionFactory<>(this.transport, where, options);
		return attempt(where, options, factory::create);
	}

	/**
	 * Connects, calls a function, and closes the connection when the function is done:
	 * when its stage completes, or it throws.
	 * @param <A> the type of address
	 * @param <R> the type of the result
	 * @param where where to connect
	 * @param options how to connect
	 * @param function called on the connection's event loop
	 * @return a new future of the function's result, or its error; it completes after the
	 * connection was flushed and its descriptor closed. Cancelling it aborts connecting,
	 * but does not end the function
	 * @throws IllegalArgumentException if the options ask for what the transport cannot
	 * do
	 */
	public <A extends SocketAddress, R> CompletableFuture<R> withConnection(WhereToConnect<A> where,
			ConnectOptions options, Function<? super TcpConnection<A>, ? extends CompletionStage<R>> function) {
		CompletableFuture<TcpConnection<A>> connecting = connect(where, options);
		CompletableFuture<R> result = connecting.thenCompose((connection) -> CompletableFuture
			.completedFuture(connection)
			.<R>thenCompose(function)
			.handle((value, error) -> connection.closeAsync()
				.<R>thenCompose((closed) -> (error != null) ? CompletableFuture.failedFuture(StageErrors.unwrap(error))
						: CompletableFuture.completedFuture(value)))
			.thenCompose(Function.identity()));
		result.whenComplete((value, error) -> connecting.cancel(false));
		return result;
	}

	private void check(WhereToConnect<?> where, ConnectOptions options) {
		LivenessOptions.check(this.transport, where instanceof WhereToConnect.Unix, options.liveness());
	}

	private <C> CompletableFuture<C> attempt(WhereToConnect<?> where, ConnectOptions options,
			Function<Channel, CompletableFuture<C>> establish) {
		return new ConnectAttempt<>(this.transport, where, options, this.lookup, establish).start();
	}

}
