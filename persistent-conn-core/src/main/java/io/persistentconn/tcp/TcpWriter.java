package io.persistentconn.tcp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.persistentconn.concurrent.AsyncCloseable;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a {@link TcpConnection}.
 * <p>
 * Writing never blocks and never fails: bytes are buffered, without bound, and flushed to
 * the OS once for all that is written in one turn of the event loop.
 * {@link #readyForMore()} tells a producer when to go on, and the {@link BufferAgeLimit}
 * ends a connection whose peer does not read. What is written after the connection closed
 * is dropped; {@link #flushed()} then fails.
 * <p>
 * All methods may be called from any thread; what one thread writes keeps its order, and
 * so does what happens before another. The futures complete on the connection's event
 * loop, where nothing may block.
 */
public final class TcpWriter implements AsyncCloseable {

	private static final int BUFFERS_PER_FLUSH = 4;

	private final ConnectionLife life;

	private final Channel channel;

	private final EventLoop eventLoop;

	private final int bufferSize;

	private final Outbound outbound;

	/** There is one once another thread has written. */
	private volatile @Nullable WriteQueue queue;

	private final Runnable flushTask = this::flushInTask;

	private boolean inReadBatch;

	private boolean flushScheduled;

	TcpWriter(ConnectionLife life, int bufferSize, @Nullable BufferAge age) {
		this.life = life;
		this.channel = life.channel();
		this.eventLoop = this.channel.eventLoop();
		this.bufferSize = bufferSize;
		this.outbound = new Outbound(life, bufferSize, age);
	}

	/**
	 * Writes a copy of bytes.
	 * @param bytes the bytes
	 */
	public void write(byte[] bytes) {
		if (bytes.length > OutboundBuffer.COPY_LIMIT) {
			write(this.channel.alloc().directBuffer(bytes.length).writeBytes(bytes));
		}
		else if (!inEventLoop()) {
			write(Unpooled.copiedBuffer(bytes));
		}
		else if (accepts(bytes.length)) {
			this.outbound.room(bytes.length).writeBytes(bytes);
			this.outbound.appended(bytes.length);
			scheduleFlush();
		}
	}

	/**
	 * Writes text in UTF-8.
	 * @param text the text
	 */
	public void write(CharSequence text) {
		int mostBytes = ByteBufUtil.utf8MaxBytes(text);
		if (mostBytes > OutboundBuffer.COPY_LIMIT) {
			write(ByteBufUtil.writeUtf8(this.channel.alloc(), text));
		}
		else if (!inEventLoop()) {
			write(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
		}
		else if (accepts(mostBytes)) {
			this.outbound.appended(ByteBufUtil.writeUtf8(this.outbound.room(mostBytes), text));
			scheduleFlush();
		}
	}

	/**
	 * Writes the readable bytes of a buffer, by reference unless they are few.
	 * @param bytes belongs to the writer from now on, which releases it in any case. Its
	 * content must not change any more
	 */
	public void write(ByteBuf bytes) {
		if (!inEventLoop()) {
			WriteQueue present = this.queue;
			((present != null) ? present : openQueue()).add(bytes);
			return;
		}
		if (accepts(bytes.readableBytes())) {
			this.outbound.add(bytes);
			scheduleFlush();
		}
		else {
			bytes.release();
		}
	}

	/**
	 * Encodes in place, at the end of the outbound buffer: the cheapest way to write
	 * small messages from the connection's own event loop. With an encoder that is made
	 * once, it allocates nothing.
	 * @param <T> the type of the message
	 * @param message what to encode
	 * @param encoder appends to the buffer it is given, and may set bytes that it
	 * appended itself; must not keep it. If it throws, what it appended is dropped, and
	 * this method throws the same
	 * @throws IllegalStateException if called from another thread
	 */
	public <T> void encode(T message, BiConsumer<? super T, ByteBuf> encoder) {
		if (!inEventLoop()) {
			throw new IllegalStateException("encode was called by " + Thread.currentThread().getName()
					+ " (expected: the event loop of " + this.channel + ")");
		}
		if (!accepts(1)) {
			return;
		}
		ByteBuf buffer = this.outbound.room(0);
		int start = buffer.writerIndex();
		try {
			encoder.accept(message, buffer);
		}
		catch (Throwable ex) {
			buffer.writerIndex(start);
			// Or a buffer that grew for it would stay until something else is written.
			scheduleFlush();
			throw ex;
		}
		this.outbound.appended(buffer.writerIndex() - start);
		scheduleFlush();
	}

	/**
	 * Waits for the OS.
	 * @return a future that completes when the OS took all that was written before this
	 * call; it fails with the {@link TcpConnection#closeReason()}, or
	 * {@link ConnectionClosedException}, if the connection closes first
	 */
	public CompletableFuture<Void> flushed() {
		CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
		this.life.onLoop(() -> {
			drainQueue();
			this.outbound.whenTaken(future);
		});
		return future;
	}

	/**
	 * How many bytes were written that the OS has not taken.
	 * @return the number of bytes
	 */
	public long bytesToWrite() {
		WriteQueue present = this.queue;
		return ((present != null) ? present.bytes() : 0) + this.outbound.pending();
	}

	/**
	 * Whether a producer should wait.
	 * @return {@code true} if more than {@link ConnectOptions#writerBufferSize()} bytes
	 * are to be written
	 */
	public boolean isBackedUp() {
		return bytesToWrite() > this.bufferSize;
	}

	/**
	 * Waits while the writer is backed up.
	 * @return a future that is complete if the writer is not {@linkplain #isBackedUp()
	 * backed up}, or else completes when half of
	 * {@link ConnectOptions#writerBufferSize()} or less is to be written; it fails if the
	 * connection closes first
	 */
	public CompletableFuture<Void> readyForMore() {
		CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
		this.life.onLoop(() -> {
			drainQueue();
			this.outbound.whenReady(future);
		});
		return future;
	}

	/**
	 * Closes the connection after flushing, as {@link TcpConnection#closeAsync()}.
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return this.life.closeAsync();
	}

	@Override
	public boolean isClosed() {
		return this.life.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.life.closeFinished();
	}

	ConnectionLife life() {
		return this.life;
	}

	/** What is written until {@link #leaveReadBatch()} is flushed then. */
	void enterReadBatch() {
		this.inReadBatch = true;
	}

	void leaveReadBatch() {
		this.inReadBatch = false;
		flushInPlace();
	}

	/** Flushes at once, rather than at the end of the turn, if on the event loop. */
	void flushInPlace() {
		if (inEventLoop()) {
			drainQueue();
			this.outbound.flush();
		}
	}

	/**
	 * Whether what is written in a read batch should wait for the OS: it is backed up
	 * even when flushed. As long as the OS takes all it is given, one flush of several
	 * buffers costs less than several flushes.
	 */
	boolean isCongested() {
		if (!isBackedUp()) {
			return false;
		}
		if (inEventLoop() && this.inReadBatch && this.outbound.isTakenAtOnce()
				&& bytesToWrite() <= (long) BUFFERS_PER_FLUSH * this.bufferSize) {
			return false;
		}
		flushInPlace();
		return isBackedUp();
	}

	/** As {@link Outbound#flushAndClose()}. */
	boolean flushAndClose() {
		drainQueue();
		return this.outbound.flushAndClose();
	}

	/** As {@link Outbound#channelClosed}. */
	void channelClosed(Throwable error) {
		this.outbound.channelClosed(error);
		drainQueue();
	}

	private boolean inEventLoop() {
		return this.eventLoop.inEventLoop();
	}

	/** Lets in first what other threads wrote before. */
	private boolean accepts(int length) {
		drainQueue();
		return this.outbound.accepts(length);
	}

	private synchronized WriteQueue openQueue() {
		WriteQueue present = this.queue;
		if (present == null) {
			present = new WriteQueue(this.eventLoop, this::flushInPlace);
			this.queue = present;
		}
		return present;
	}

	private void drainQueue() {
		WriteQueue present = this.queue;
		if (present == null) {
			return;
		}
		for (ByteBuf bytes = present.poll(); bytes != null; bytes = present.poll()) {
			int length = bytes.readableBytes();
			if (this.outbound.accepts(length)) {
				this.outbound.add(bytes);
			}
			else {
				bytes.release();
			}
			present.taken(length);
		}
	}

	private void scheduleFlush() {
		if (!this.inReadBatch && !this.flushScheduled) {
			this.flushScheduled = true;
			this.life.inNextTask(this.flushTask);
		}
	}

	private void flushInTask() {
		this.flushScheduled = false;
		flushInPlace();
	}

}
