package io.persistentconn.rpc.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.tcp.TcpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection within a process: for tests, with faults at will, and, over
 * {@link VirtualTimeSource}, the same in every run.
 * <p>
 * The two ends exchange the bytes that they would send over TCP. Each send arrives as a
 * task of the other end's owner, and has left this side when the other end took it: it
 * takes nothing before it is started, nor while its handler waits. This end closes itself
 * when the connection is cut with an error, not when the peer ended the stream. The
 * methods beyond those of {@link MessageTransport} may be called from any thread, and
 * take effect in a task of the owner, or at once if called there.
 */
public final class MemoryTransport implements MessageTransport {

	private final TimeSource timeSource;

	private final SocketAddress remoteAddress;

	private final Framing framing;

	private final MemoryInbound inbound;

	private final Arrivals arrivals;

	private final SentBytes sent = new SentBytes();

	private final CompletableFuture<@Nullable Void> closeFinished = new CompletableFuture<>();

	private @Nullable MemoryTransport peer;

	private Phase phase = Phase.OPEN;

	private Duration delay = Duration.ZERO;

	private long cutAfter = Long.MAX_VALUE;

	private @Nullable Throwable cutBy;

	private boolean cut;

	private @Nullable Cancellable flushAlarm;

	private volatile boolean closed;

	private volatile boolean dropping;

	private volatile @Nullable Throwable closeReason;

	private MemoryTransport(TimeSource timeSource, int peerNumber, int maxLength) {
		this.timeSource = timeSource;
		this.remoteAddress = InetSocketAddress.createUnresolved("memory", peerNumber);
		this.framing = new Framing(this.remoteAddress, maxLength);
		this.inbound = new MemoryInbound(timeSource, this.remoteAddress, maxLength, this::tookOfPeer);
		this.arrivals = new Arrivals(timeSource);
	}

	/**
	 * Makes a connection for messages of up to
	 * {@link MessageTransport#DEFAULT_MAX_LENGTH}.
	 * @param first the owner of the first end
	 * @param second the owner of the second end; may be the same
	 * @return both ends
	 */
	public static Pair pair(TimeSource first, TimeSource second) {
		return pair(first, second, DEFAULT_MAX_LENGTH);
	}

	/**
	 * Makes a connection.
	 * @param first the owner of the first end
	 * @param second the owner of the second end; may be the same
	 * @param maxLength of a message, in bytes, both ways
	 * @return both ends
	 * @throws IllegalArgumentException if the length is below 1
	 */
	public static Pair pair(TimeSource first, TimeSource second, int maxLength) {
		Delivery.checkMaxLength(maxLength);
		MemoryTransport one = new MemoryTransport(first, 2, maxLength);
		MemoryTransport two = new MemoryTransport(second, 1, maxLength);
		one.peer = two;
		two.peer = one;
		return new Pair(one, two);
	}

	/**
	 * Delays what this end sends from now on. Nothing overtakes what was sent before.
	 * @param delay zero, as it is at first, or more
	 * @throws IllegalArgumentException if it is negative
	 */
	public void delay(Duration delay) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("delay: " + delay + " (expected: >= 0)");
		}
		onOwner(() -> this.delay = delay);
	}

	/**
	 * Stops reading, so that the peer becomes {@linkplain #isBackedUp() backed up}, or
	 * goes on.
	 * @param hold whether to stop
	 */
	public void holdBack(boolean hold) {
		onOwner(() -> this.inbound.hold(hold));
	}

	/**
	 * Cuts the connection at a place in the stream of bytes that this end sends: those
	 * before it arrive, and then both ends see the end.
	 * @param bytes how many arrive of all that this end ever sends, lengths of frames
	 * included; if more were sent, the cut is here and now
	 * @param error what both ends break with, as by a reset; {@code null} for an end as
	 * if each other had closed in good order
	 */
	public void cutAfter(long bytes, @Nullable Throwable error) {
		onOwner(() -> {
			this.cutAfter = bytes;
			this.cutBy = error;
			cutIfReached();
		});
	}

	@Override
	public TimeSource timeSource() {
		return this.timeSource;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public void start(FrameHandler handler) {
		checkOwner("start");
		this.inbound.start(handler);
	}

	@Override
	public void maxReceivedLength(int bytes) {
		checkOwner("maxReceivedLength");
		this.inbound.maxLength(bytes);
	}

	@Override
	public void send(FrameEncoder encoder) {
		send(encoder, Unpooled.EMPTY_BUFFER);
	}

	/** As it says there, but the tail is copied. */
	@Override
	public void send(FrameEncoder head, ByteBuf tail) {
		try {
			checkOwner("send");
			if (this.phase == Phase.OPEN) {
				ByteBuf bytes = Unpooled.buffer();
				this.framing.frame(head, tail.readableBytes(), bytes);
				transmit(bytes.writeBytes(tail));
			}
		}
		finally {
			tail.release();
		}
	}

	@Override
	public long bytesToWrite() {
		return this.sent.pending();
	}

	/**
	 * Whether the other end has left more than 64 KiB.
	 */
	@Override
	public boolean isBackedUp() {
		return this.sent.pending() > SentBytes.BACKED_UP;
	}

	@Override
	public CompletableFuture<Void> readyForMore() {
		CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
		onOwner(() -> this.sent.whenReady(future));
		return future;
	}

	@Override
	public CompletableFuture<Void> flushed() {
		CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
		onOwner(() -> this.sent.whenTaken(future));
		return future;
	}

	@Override
	public long bytesRead() {
		return this.inbound.bytesRead();
	}

	@Override
	public long bytesWritten() {
		return this.sent.taken();
	}

	/**
	 * Ends the delivery at once, waits for at most
	 * {@link TcpConnection#CLOSE_FLUSH_LIMIT} until the other end took what was sent,
	 * then closes.
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		this.closed = true;
		onOwner(() -> {
			this.inbound.close(new TransportClosedException(this.remoteAddress));
			if (this.phase == Phase.OPEN) {
				this.phase = Phase.FLUSHING;
				sendEnd();
				this.flushAlarm = this.timeSource.schedule(TcpConnection.CLOSE_FLUSH_LIMIT,
						() -> finish(new TransportClosedException(this.remoteAddress)));
				finishIfFlushed();
			}
		});
		return closeFinished();
	}

	@Override
	public CompletableFuture<Void> closeByForce() {
		this.closed = true;
		onOwner(() -> {
			this.inbound.close(new TransportClosedException(this.remoteAddress));
			this.dropping = true;
			if (this.phase == Phase.OPEN) {
				sendEnd();
			}
			finish(new TransportClosedException(this.remoteAddress));
		});
		return closeFinished();
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.closeFinished.copy();
	}

	/**
	 * The error that the connection was cut with, if it was open then.
	 * @return as {@link AsyncCloseable#closeReason()}
	 */
	@Override
	public Optional<Throwable> closeReason() {
		return Optional.ofNullable(this.closeReason);
	}

	private void transmit(ByteBuf bytes) {
		if (this.cut) {
			return;
		}
		int length = (int) Math.min(bytes.readableBytes(), this.cutAfter - this.sent.sent());
		if (length > 0) {
			bytes.writerIndex(bytes.readerIndex() + length);
			this.sent.add(length);
			MemoryTransport to = peer();
			to.arrivals.send(this.delay, () -> to.received(bytes));
		}
		cutIfReached();
	}

	private void cutIfReached() {
		if (!this.cut && this.sent.sent() >= this.cutAfter) {
			this.cut = true;
			MemoryTransport to = peer();
			Throwable error = this.cutBy;
			to.arrivals.send(this.delay, () -> {
				to.ended(error);
				this.timeSource.execute(() -> ended(error));
			});
		}
	}

	private void sendEnd() {
		if (!this.cut) {
			MemoryTransport to = peer();
			to.arrivals.send(this.delay, () -> to.ended(null));
		}
	}

	/** Bytes arrived. */
	private void received(ByteBuf bytes) {
		if (peer().dropping) {
			tookOfPeer(bytes.readableBytes());
		}
		else {
			this.inbound.received(bytes);
		}
	}

	/** The end of the stream arrived. */
	private void ended(@Nullable Throwable error) {
		if (error != null && this.phase == Phase.OPEN) {
			this.cut = true;
			this.closeReason = error;
			finish(error);
		}
		this.inbound.ended(error);
	}

	private void tookOfPeer(int length) {
		MemoryTransport from = peer();
		from.timeSource.execute(() -> {
			from.sent.taken(length);
			from.finishIfFlushed();
		});
	}

	private void finishIfFlushed() {
		if (this.phase == Phase.FLUSHING && this.sent.pending() == 0) {
			finish(new TransportClosedException(this.remoteAddress));
		}
	}

	private void finish(Throwable error) {
		if (this.phase == Phase.CLOSED) {
			return;
		}
		this.phase = Phase.CLOSED;
		this.closed = true;
		if (this.flushAlarm != null) {
			this.flushAlarm.cancel();
		}
		this.sent.close(error);
		this.closeFinished.complete(null);
	}

	private MemoryTransport peer() {
		return Objects.requireNonNull(this.peer);
	}

	private void onOwner(Runnable task) {
		if (this.timeSource.inOwner()) {
			task.run();
		}
		else {
			this.timeSource.execute(task);
		}
	}

	private void checkOwner(String method) {
		if (!this.timeSource.inOwner()) {
			throw new IllegalStateException(method + " was called by " + Thread.currentThread().getName()
					+ " (expected: the owner of the connection to " + this.remoteAddress + ")");
		}
	}

	/**
	 * Both ends of a connection.
	 *
	 * @param first one end
	 * @param second the other end
	 */
	public record Pair(MemoryTransport first, MemoryTransport second) {
	}

	private enum Phase {

		OPEN, FLUSHING, CLOSED

	}

}
