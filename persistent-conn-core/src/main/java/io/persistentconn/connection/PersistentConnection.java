package io.persistentconn.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.connection.ConnectionStatus.Phase;
import org.jspecify.annotations.Nullable;

/**
 * An actively maintained connection to some service: it connects, and eagerly connects
 * again whenever the connection is lost, for ever, until it is closed or its connector
 * aborts. <pre>{@code
 * PersistentConnection<TcpConnection<?>> quotes = PersistentConnection
 *     .<HostAndPort, TcpConnection<?>>builder("quotes", connector)
 *     .address(() -> directory.lookup("quotes"))   // asked before every attempt
 *     .retryDelay(RetryDelay.constant(Duration.ofSeconds(10)))
 *     .start();
 * }</pre>
 * <p>
 * All methods may be called from any thread. All callbacks are made by one owner, the
 * {@link TimeSource}, one at a time and in order; they must not block. Nothing that a
 * callback throws ends the loop. Futures are handed out one per call: cancelling one
 * harms nobody else and releases it at once.
 * <p>
 * The other side closing the connection never closes the persistent connection.
 * <p>
 * Source: the seed on {@code Persistent_connection}, rules C1 to C17.
 *
 * @param <C> the type of connections
 */
public final class PersistentConnection<C extends AsyncCloseable> implements AsyncCloseable, AutoCloseable {

	/** The retry delay unless another is given, before jitter: 10 seconds. */
	public static final Duration DEFAULT_RETRY_DELAY = Duration.ofSeconds(10);

	private final String name;

	private final TimeSource time;

	private final LoopState<C> state;

	private final EventReporter<?, C> reporter;

	private final ConnectionLoop<?, C> loop;

	<A> PersistentConnection(Settings<A, C> settings) {
		this.name = settings.name();
		this.time = settings.time();
		this.state = new LoopState<>(settings);
		EventReporter<A, C> reporter = new EventReporter<>(settings);
		this.reporter = reporter;
		this.loop = new ConnectionLoop<>(settings, reporter, this.state);
	}

	/**
	 * Begins to build a persistent connection.
	 * @param name what it connects to, for messages, logs and meters
	 * @param connector makes one connection
	 * @param <A> the type of addresses
	 * @param <C> the type of connections
	 * @return a builder that still needs an address
	 */
	public static <A, C extends AsyncCloseable> PersistentConnectionBuilder<A, C> builder(String name,
			Connector<A, C> connector) {
		return new PersistentConnectionBuilder<>(name, connector);
	}

	/**
	 * The name that it was built with.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * What it was built with.
	 * @return the owner of this, which makes all callbacks
	 */
	public TimeSource timeSource() {
		return this.time;
	}

	/**
	 * Starts the loop, if it was built without being started; otherwise does nothing.
	 */
	public void start() {
		this.time.execute(this.loop::start);
	}

	/**
	 * Waits for the first connection that is available from now on. The future is already
	 * complete if there is one; a connection that is closed at the time of the call is
	 * not handed out.
	 * <p>
	 * After {@link #closeAsync()} it never completes; who must learn of that uses
	 * {@link #connectedOrFailedToConnect()}.
	 * @return a new future, completed by the owner
	 */
	public CompletableFuture<C> connected() {
		return this.state.nextConnection();
	}

	/**
	 * Waits for a connection as {@link #connected()}, but not for ever. Measured by the
	 * clock of the time source.
	 * @param timeout how long to wait at most; not at all if it is zero
	 * @return a new future, completed by the owner; it fails with
	 * {@link NotConnectedException} if there was none in time, and with
	 * {@link ConnectionClosedException} if this is closed or aborted
	 */
	public CompletableFuture<C> connected(Duration timeout) {
		// Failed attempts do not end the wait, but a close does: so both are needed.
		CompletableFuture<C> connected = connected();
		if (connected.isDone()) {
			return connected;
		}
		CompletableFuture<Void> closed = this.state.closeFinished();
		closed.thenRun(() -> connected.completeExceptionally(this.state.closedException()));
		Runnable tooLate = () -> connected
			.completeExceptionally(new NotConnectedException(this.name, timeout, status()));
		if (timeout.isZero()) {
			tooLate.run();
			closed.cancel(false);
			return connected;
		}
		Cancellable alarm = this.time.schedule(timeout, tooLate);
		connected.whenComplete((connection, failure) -> {
			alarm.cancel();
			closed.cancel(false);
		});
		return connected;
	}

	/**
	 * Waits for the outcome of one attempt. The future is already complete if there is a
	 * connection; otherwise it completes with the outcome of the next attempt to end, or
	 * fails with {@link ConnectionClosedException} when this is closed or aborted.
	 * @return a new future, completed by the owner
	 */
	public CompletableFuture<C> connectedOrFailedToConnect() {
		return this.state.nextOutcome();
	}

	/**
	 * Blocks until there is a connection. Measured by the clock of the time source.
	 * @param timeout how long to wait at most
	 * @return the connection
	 * @throws NotConnectedException if there was none in time
	 * @throws ConnectionClosedException if this is closed or aborted
	 * @throws IllegalStateException if called by an event loop thread or the owner
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	public C awaitConnected(Duration timeout) throws InterruptedException {
		checkMayBlock("awaitConnected");
		CompletableFuture<C> connected = connected(timeout);
		try {
			return connected.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof PersistentConnException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex.getCause());
		}
		finally {
			connected.cancel(false);
		}
	}

	/**
	 * The current connection: there before the handler is told of {@code Connected}, gone
	 * before it is told of {@code Disconnected}. Allocates nothing.
	 * @return the connection; empty before the first, after a loss, and while the
	 * connection or this is closing
	 */
	public Optional<C> currentConnection() {
		return this.state.usableConnection();
	}

	/**
	 * How it is doing now.
	 * @return a snapshot
	 */
	public ConnectionStatus status() {
		return this.state.status();
	}

	/**
	 * Adds a listener to all events; one that comes late is told of the last event first.
	 * It does not gate progress, and one that throws disturbs nobody.
	 * @param listener called by the owner, so it must not block
	 * @return takes the listener away
	 */
	public Cancellable addListener(Consumer<? super ConnectionEvent<?, C>> listener) {
		return this.reporter.listeners().addListener(listener);
	}

	/**
	 * Ends the present wait, if any: the next attempt begins now.
	 */
	public void retryNow() {
		this.time.execute(this.loop::retryNow);
	}

	/**
	 * Closes the current connection and stops attempts, until {@link #resume()}. Those
	 * who wait for a connection go on waiting.
	 * @return a new future that completes when the connection is closed and no attempt
	 * will be made
	 */
	public CompletableFuture<Void> pause() {
		CompletableFuture<Void> paused = this.state.pauseFinished();
		this.time.execute(() -> this.loop.stop(Phase.PAUSED));
		return paused;
	}

	/**
	 * Begins anew after {@link #pause()}, at once; otherwise does nothing.
	 */
	public void resume() {
		this.time.execute(this.loop::start);
	}

	/**
	 * Keeps the current connection, or lets the attempt under way come to its end, but
	 * makes none after it: once there is no connection any more, this is closed.
	 */
	public void closeWhenCurrentConnectionIsClosed() {
		this.time.execute(() -> this.loop.makeNoMoreAttempts(null));
	}

	/**
	 * Closes the current connection and stops for good, also in the middle of an attempt.
	 * A connection that the connector delivers after that is closed at once. If there was
	 * a connection, {@code Disconnected} is still reported.
	 * @return a new future that completes when the last connection is closed and no other
	 * will be attempted
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		this.state.requestClose();
		this.time.execute(() -> this.loop.stop(Phase.CLOSED));
		return closeFinished();
	}

	@Override
	public boolean isClosed() {
		return this.state.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.state.closeFinished();
	}

	/**
	 * Closes, and waits until that is done.
	 * @throws IllegalStateException if called by an event loop thread or the owner; it is
	 * closed all the same
	 */
	@Override
	public void close() {
		CompletableFuture<Void> closed = closeAsync();
		checkMayBlock("close");
		try {
			closed.join();
		}
		catch (CompletionException ex) {
			throw new PersistentConnException(this.name + ": closing failed", ex.getCause());
		}
	}

	/** How many wait for a connection: for tests. */
	int waiting() {
		return this.state.waiting();
	}

	private void checkMayBlock(String operation) {
		NonBlockingThread.check(this.name + ": " + operation);
		if (this.time.inOwner()) {
			throw new IllegalStateException(this.name + ": " + operation + " would block its owner");
		}
	}

	@Override
	public String toString() {
		return "PersistentConnection[" + this.name + ", " + status().phase() + "]";
	}

}
