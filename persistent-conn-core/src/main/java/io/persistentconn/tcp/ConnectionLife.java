package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a connection lives and ends. Its owner is the channel's event loop: unless it says
 * otherwise, a method is called there only.
 */
final class ConnectionLife implements AsyncCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionLife.class);

	private final Channel channel;

	private final SocketAddress peer;

	private final TimeSource timeSource;

	private final Liveness liveness;

	private final EofPolicy eofPolicy;

	private final Traffic traffic = new Traffic();

	private final Inbound inbound;

	private final TcpReader reader;

	private final TcpWriter writer;

	private final CompletableFuture<@Nullable Void> closeFinished = new CompletableFuture<>();

	private final List<Runnable> closeListeners = new ArrayList<>(0);

	private volatile boolean closed;

	private volatile @Nullable Throwable closeReason;

	private Phase phase = Phase.OPEN;

	/** The peer said that it will send no more; our reader may not know yet. */
	private boolean peerEnded;

	private boolean closedByUs;

	/** What outstanding operations fail with, once the phase is CLOSING. */
	private @Nullable Throwable error;

	private @Nullable Cancellable flushAlarm;

	private @Nullable Farewell farewell;

	private ConnectionLife(Channel channel, SocketAddress peer, ConnectionSettings settings, EofPolicy eofPolicy) {
		this.channel = channel;
		this.peer = peer;
		this.timeSource = Objects.requireNonNullElseGet(settings.timeSource(),
				() -> new EventLoopTimeSource(channel.eventLoop()));
		this.liveness = settings.liveness();
		this.eofPolicy = eofPolicy;
		this.inbound = new Inbound(this, settings.readerBufferSize(), readIdle(settings));
		this.reader = new TcpReader(this, this.inbound);
		this.writer = new TcpWriter(this, settings.writerBufferSize(), bufferAge(settings));
	}

	/** As {@link TcpConnection#attach}. */
	static ConnectionLife begin(Channel channel, SocketAddress peer, ConnectionSettings settings, EofPolicy eofPolicy) {
		if (!channel.eventLoop().inEventLoop()) {
			throw new IllegalStateException("attach was called by " + Thread.currentThread().getName()
					+ " (expected: the event loop of " + channel + ")");
		}
		LivenessOptions.set(channel, settings.liveness());
		HalfClosure.allow(channel);
		// Or a failed write would end the reading, too.
		channel.config().setAutoClose(false);
		ConnectionLife life = new ConnectionLife(channel, peer, settings, eofPolicy);
		channel.pipeline().addLast(new ChannelEvents(life, life.inbound, life.writer));
		life.inbound.begin();
		if (!channel.isOpen()) {
			life.channelClosed();
		}
		return life;
	}

	Channel channel() {
		return this.channel;
	}

	SocketAddress peer() {
		return this.peer;
	}

	Traffic traffic() {
		return this.traffic;
	}

	TcpReader reader() {
		return this.reader;
	}

	TcpWriter writer() {
		return this.writer;
	}

	/** Called by any thread. */
	@Override
	public CompletableFuture<Void> closeAsync() {
		this.closed = true;
		onLoop(() -> beginClose(null));
		return closeFinished();
	}

	/** As {@link TcpConnection#closeByForce()}. Called by any thread. */
	CompletableFuture<Void> closeByForce() {
		this.closed = true;
		onLoop(() -> {
			this.closedByUs |= this.phase == Phase.OPEN;
			closeChannel(new ConnectionClosedException(this.peer, "was closed by force on this side"), true);
		});
		return closeFinished();
	}

	/** Called by any thread. */
	@Override
	public boolean isClosed() {
		return this.closed;
	}

	/** Called by any thread. */
	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.closeFinished.copy();
	}

	/** Called by any thread. */
	@Override
	public Optional<Throwable> closeReason() {
		return Optional.ofNullable(this.closeReason);
	}

	/** Runs a task on the event loop: in place if called there. Called by any thread. */
	void onLoop(Runnable task) {
		if (this.channel.eventLoop().inEventLoop()) {
			task.run();
		}
		else {
			inNextTask(task);
		}
	}

	/** Runs a task on the event loop, later. Called by any thread. */
	void inNextTask(Runnable task) {
		try {
			this.channel.eventLoop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The event loop has ended, and this connection with it: nobody else runs.
			task.run();
		}
	}

	/**
	 * Adds a listener for when this has closed. Called by any thread.
	 * @param listener called on the event loop, when {@link #writer()} already knows
	 */
	Cancellable addCloseListener(Runnable listener) {
		onLoop(() -> {
			if (this.phase == Phase.CLOSED) {
				listener.run();
			}
			else {
				this.closeListeners.add(listener);
			}
		});
		return () -> onLoop(() -> this.closeListeners.remove(listener));
	}

	/** The peer will send no more, as it said in good order. */
	void inputEnded() {
		this.peerEnded = true;
		if (this.phase == Phase.LINGERING || this.phase == Phase.LAST_READS) {
			closeChannel(this.error, true);
		}
		if (this.phase == Phase.CLOSING || this.phase == Phase.CLOSED) {
			// Netty says so after an error, too.
			return;
		}
		this.inbound.end(null);
		if (this.eofPolicy == EofPolicy.CLOSE) {
			beginClose(new PeerClosedException(this.peer, "was closed by its peer"));
		}
	}

	/**
	 * Lets the handler finish what it has begun to receive, and no more. Called by any
	 * thread.
	 */
	void endInputWhenRead() {
		onLoop(() -> {
			if (this.phase == Phase.OPEN) {
				this.inbound.endWhenRead();
			}
		});
	}

	/** The peer will send no more, but an attacker may have said so. */
	void inputCutOff() {
		if (this.phase == Phase.LINGERING || !this.inbound.hasEnded()) {
			fail(new ConnectionResetException(this.peer, "was cut off: TLS ended without close_notify", null));
		}
	}

	/** Reading or writing failed. */
	void broke(Throwable cause) {
		// Unless this is a consequence of closing.
		if (!(cause instanceof ClosedChannelException) || this.channel.isOpen()) {
			fail(LostPeer.explain(this.channel, this.peer, this.liveness, this.writer.bytesToWrite() > 0, cause));
		}
	}

	/** Writing failed, but what the peer sent before, such as why, can be read. */
	void writingBroke(Throwable cause) {
		if (this.phase == Phase.LAST_READS) {
			return;
		}
		if (this.phase != Phase.OPEN || this.peerEnded || !this.channel.isOpen()) {
			broke(cause);
			return;
		}
		Throwable reason = LostPeer.explain(this.channel, this.peer, this.liveness, true, cause);
		this.phase = Phase.LAST_READS;
		this.closeReason = reason;
		this.error = reason;
		this.closed = true;
		this.writer.channelClosed(reason);
		this.flushAlarm = this.timeSource.schedule(TcpConnection.LAST_READS_LIMIT,
				() -> onLoop(() -> closeChannel(reason, true)));
	}

	/**
	 * Closes cleanly.
	 * @param reason why, or {@code null} if asked to
	 */
	void beginClose(@Nullable Throwable reason) {
		if (this.phase == Phase.LAST_READS) {
			closeChannel(this.error, true);
		}
		if (this.phase != Phase.OPEN) {
			return;
		}
		this.phase = Phase.FLUSHING;
		this.closedByUs = reason == null;
		this.closeReason = reason;
		this.closed = true;
		this.flushAlarm = this.timeSource.schedule(TcpConnection.CLOSE_FLUSH_LIMIT,
				() -> onLoop(this::flushTookTooLong));
		if (this.writer.flushAndClose()) {
			everythingFlushed();
		}
	}

	/** The OS took everything that was written before closing began. */
	void everythingFlushed() {
		if (this.phase != Phase.FLUSHING || this.farewell != null) {
			return;
		}
		if (this.peerEnded || !(this.channel instanceof DuplexChannel duplex)) {
			closeChannel(null, false);
			return;
		}
		this.farewell = new Farewell(duplex, this::linger, () -> closeChannel(null, true));
		this.farewell.begin();
	}

	private void linger() {
		this.phase = Phase.LINGERING;
		cancelFlushAlarm();
		this.inbound.discard(closingError());
	}

	/** The channel closed. Called once or more. */
	void channelClosed() {
		if (this.phase == Phase.CLOSED) {
			return;
		}
		// Else the channel was closed directly, or its event loop shut down.
		this.closedByUs |= this.phase == Phase.OPEN;
		this.phase = Phase.CLOSED;
		this.closed = true;
		cancelAlarms();
		Throwable error = closingError();
		this.writer.channelClosed(error);
		this.inbound.channelClosed(error, this.closedByUs);
		List.copyOf(this.closeListeners).forEach(Runnable::run);
		this.closeListeners.clear();
		ClosedDescriptor.of(this.channel).thenRun(() -> this.closeFinished.complete(null));
	}

	private void fail(TcpConnectionException reason) {
		if (this.phase == Phase.OPEN) {
			this.closeReason = reason;
		}
		closeChannel((this.phase == Phase.LAST_READS) ? this.error : reason, true);
	}

	private void flushTookTooLong() {
		if (this.phase == Phase.FLUSHING) {
			String message = "was closed by force: after " + TcpConnection.CLOSE_FLUSH_LIMIT + " there were still "
					+ this.writer.bytesToWrite() + " bytes that the OS had not taken";
			logger.warn("Connection to {} {}", this.peer, message);
			closeChannel(new ConnectionClosedException(this.peer, message), true);
		}
	}

	private void closeChannel(@Nullable Throwable error, boolean byForce) {
		if (this.phase == Phase.CLOSING || this.phase == Phase.CLOSED) {
			return;
		}
		this.phase = Phase.CLOSING;
		this.error = error;
		this.closed = true;
		cancelAlarms();
		if (byForce) {
			// Past the TLS handler, which would wait for its farewell to be sent.
			this.channel.unsafe().close(this.channel.voidPromise());
		}
		else {
			this.channel.close();
		}
	}

	/** What operations fail with that come too late. */
	private Throwable closingError() {
		return Objects.requireNonNullElseGet((this.error != null) ? this.error : this.closeReason,
				() -> new ConnectionClosedException(this.peer, "was closed on this side"));
	}

	private void cancelAlarms() {
		cancelFlushAlarm();
		if (this.farewell != null) {
			this.farewell.cancel();
		}
	}

	private void cancelFlushAlarm() {
		if (this.flushAlarm != null) {
			this.flushAlarm.cancel();
			this.flushAlarm = null;
		}
	}

	private @Nullable BufferAge bufferAge(ConnectionSettings settings) {
		Duration limit = settings.bufferAgeLimit().atMost();
		if (limit == null) {
			return null;
		}
		return new BufferAge(limit, this.timeSource, this::onLoop,
				() -> fail(new BufferAgeLimitException(this.peer, "does not take bytes: the oldest of "
						+ this.writer.bytesToWrite() + " has waited (expected: at most " + limit + ")")));
	}

	private @Nullable ReadIdle readIdle(ConnectionSettings settings) {
		Duration limit = settings.liveness().readIdleTimeout();
		if (limit == null) {
			return null;
		}
		return new ReadIdle(limit, this.timeSource, this::onLoop,
				() -> fail(new ReadIdleTimeoutException(this.peer, "is idle: nothing was received for " + limit)));
	}

	private enum Phase {

		OPEN, FLUSHING, LINGERING, LAST_READS, CLOSING, CLOSED

	}

}
