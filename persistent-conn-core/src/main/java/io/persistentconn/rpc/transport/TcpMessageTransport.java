package io.persistentconn.rpc.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

import io.netty.buffer.ByteBuf;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.tcp.ChunkResult;
import io.persistentconn.tcp.ConnectionClosedException;
import io.persistentconn.tcp.EndOfStreamException;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpReader;
import io.persistentconn.tcp.TcpWriter;
import org.jspecify.annotations.Nullable;

/**
 * Messages over a TCP connection or unix socket, with or without TLS. The owner is the
 * connection's event loop.
 * <p>
 * Messages are read in place from the reader's buffer and encoded in place into the
 * writer's. At most the reader's buffer and one message are held.
 */
public final class TcpMessageTransport implements MessageTransport {

	private final TcpConnection<?> connection;

	private final TcpReader reader;

	private final TcpWriter writer;

	private final EventLoopTimeSource timeSource;

	private final Framing framing;

	/** One for all messages, so that sending allocates nothing. */
	private final BiConsumer<FrameEncoder, ByteBuf> whole;

	private final Delivery delivery;

	private TcpMessageTransport(TcpConnection<?> connection, int maxLength) {
		this.connection = connection;
		this.reader = connection.reader();
		this.writer = connection.writer();
		this.timeSource = new EventLoopTimeSource(connection.channel().eventLoop());
		this.framing = new Framing(connection.remoteAddress(), maxLength);
		this.whole = (encoder, buffer) -> this.framing.frame(encoder, 0, buffer);
		this.delivery = new Delivery(connection.remoteAddress(), maxLength);
	}

	/**
	 * Makes a transport of a connection. May be called from any thread.
	 * @param connection belongs to the transport from now on
	 * @param maxLength of a message, in bytes, both ways; the length of its frame not
	 * counted
	 * @return the transport
	 * @throws IllegalArgumentException if the length is below 1
	 */
	public static TcpMessageTransport over(TcpConnection<?> connection, int maxLength) {
		return new TcpMessageTransport(connection, Delivery.checkMaxLength(maxLength));
	}

	@Override
	public TimeSource timeSource() {
		return this.timeSource;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.connection.remoteAddress();
	}

	@Override
	public void start(FrameHandler handler) {
		checkOwner("start");
		this.delivery.start(handler);
		this.reader.forEachChunk(this::received).whenComplete((value, error) -> {
			later(() -> this.delivery.end(explain(error)));
			this.delivery.stop();
			// So that a peer that sends on can still be told why, and can close.
			this.reader.forEachChunk(this::received);
		});
	}

	@Override
	public void maxReceivedLength(int bytes) {
		checkOwner("maxReceivedLength");
		this.delivery.maxLength(bytes);
	}

	@Override
	public void send(FrameEncoder encoder) {
		this.writer.encode(encoder, this.whole);
	}

	@Override
	public void send(FrameEncoder head, ByteBuf tail) {
		try {
			int tailLength = tail.readableBytes();
			this.writer.encode(head, (encoder, buffer) -> this.framing.frame(encoder, tailLength, buffer));
		}
		catch (Throwable ex) {
			tail.release();
			throw ex;
		}
		this.writer.write(tail);
	}

	@Override
	public long bytesToWrite() {
		return this.writer.bytesToWrite();
	}

	@Override
	public Optional<Duration> roundTripTime() {
		return this.connection.roundTripTime();
	}

	@Override
	public boolean isBackedUp() {
		return this.writer.isBackedUp();
	}

	@Override
	public CompletableFuture<Void> readyForMore() {
		return this.writer.readyForMore();
	}

	@Override
	public CompletableFuture<Void> flushed() {
		return this.writer.flushed();
	}

	@Override
	public long bytesRead() {
		return this.connection.bytesRead();
	}

	@Override
	public long bytesWritten() {
		return this.connection.bytesWritten();
	}

	/**
	 * Ends the delivery at once, then closes as {@link TcpConnection#closeAsync()}: what
	 * was sent is flushed for at most {@link TcpConnection#CLOSE_FLUSH_LIMIT}.
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		endDelivery();
		return this.connection.closeAsync();
	}

	@Override
	public CompletableFuture<Void> closeByForce() {
		endDelivery();
		return this.connection.closeByForce();
	}

	@Override
	public boolean isClosed() {
		return this.connection.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.connection.closeFinished();
	}

	/**
	 * Why the connection closed without being asked to.
	 * @return as {@link TcpConnection#closeReason()}
	 */
	@Override
	public Optional<Throwable> closeReason() {
		return this.connection.closeReason();
	}

	@Override
	public String toString() {
		return "TcpMessageTransport(" + this.connection + ")";
	}

	private ChunkResult received(ByteBuf chunk) {
		CompletionStage<?> pause = this.delivery.deliver(chunk);
		return (pause != null) ? ChunkResult.moreAfter(pause) : ChunkResult.more();
	}

	private void endDelivery() {
		if (this.timeSource.inOwner()) {
			this.delivery.stop();
		}
		later(() -> this.delivery.end(new TransportClosedException(remoteAddress())));
	}

	private @Nullable Throwable explain(@Nullable Throwable error) {
		if (error instanceof EndOfStreamException end) {
			return FrameException.cutOff(remoteAddress(), end.received());
		}
		return (error instanceof ConnectionClosedException) ? new TransportClosedException(remoteAddress()) : error;
	}

	private void later(Runnable task) {
		try {
			this.timeSource.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The event loop has ended, and the connection with it: nobody else runs.
			task.run();
		}
	}

	private void checkOwner(String method) {
		if (!this.timeSource.inOwner()) {
			throw new IllegalStateException(method + " was called by " + Thread.currentThread().getName()
					+ " (expected: the event loop of the connection to " + remoteAddress() + ")");
		}
	}

}
