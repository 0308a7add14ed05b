package io.persistentconn.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import io.netty.util.concurrent.GenericFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * The way of written bytes: accepted, gathered, handed over to the channel, flushed,
 * taken by the OS; and who waits for them to get there. Used on the event loop only,
 * unless said otherwise.
 */
final class Outbound {

	private final ConnectionLife life;

	private final Channel channel;

	private final int bufferSize;

	private final @Nullable BufferAge age;

	private final OutboundBuffer buffer;

	private final GenericFutureListener<PendingWrite> onTaken = this::taken;

	private final ArrayDeque<FlushWaiter> flushWaiters = new ArrayDeque<>(0);

	private final List<CompletableFuture<@Nullable Void>> readyWaiters = new ArrayList<>();

	/** {@link #accepted} minus {@link #taken}, for other threads. */
	private final AtomicLong pending = new AtomicLong();

	private long accepted;

	private long handedOver;

	private long flushed;

	private long taken;

	private boolean closing;

	/** Something was written after closing began. */
	private boolean dropped;

	private @Nullable Throwable closedBy;

	Outbound(ConnectionLife life, int bufferSize, @Nullable BufferAge age) {
		this.life = life;
		this.channel = life.channel();
		this.bufferSize = bufferSize;
		this.age = age;
		this.buffer = new OutboundBuffer(this.channel.alloc(), bufferSize, this::handOver);
	}

	/** Whether so many bytes may be added; if not, they are to be dropped. */
	boolean accepts(int length) {
		if (this.closing && length > 0) {
			this.dropped = true;
		}
		return !this.closing;
	}

	/**
	 * Adds bytes, which belong to this from now on. To be asked before: {@link #accepts}.
	 */
	void add(ByteBuf bytes) {
		count(bytes.readableBytes());
		this.buffer.add(bytes);
	}

	/**
	 * The buffer to append to, followed by {@link #appended}. To be asked before:
	 * {@link #accepts}.
	 */
	ByteBuf room(int length) {
		return this.buffer.room(length);
	}

	void appended(int length) {
		count(length);
		this.buffer.passOnIfFull();
	}

	void flush() {
		this.buffer.passOn();
		if (this.flushed < this.handedOver) {
			this.flushed = this.handedOver;
			this.channel.flush();
			if (this.age != null && this.taken < this.flushed) {
				this.age.waiting(this.flushed);
			}
		}
	}

	/** Whether the OS took everything that was flushed. */
	boolean isTakenAtOnce() {
		return this.taken == this.flushed;
	}

	/** How many bytes the OS has not taken. Called by any thread. */
	long pending() {
		return this.pending.get();
	}

	/** Completes a future when all that was accepted so far is taken. */
	void whenTaken(CompletableFuture<@Nullable Void> future) {
		if (this.taken == this.accepted && !this.dropped) {
			future.complete(null);
		}
		else if (this.closedBy != null) {
			future.completeExceptionally(this.closedBy);
		}
		else {
			this.flushWaiters.add(new FlushWaiter(this.dropped ? Long.MAX_VALUE : this.accepted, future));
		}
	}

	/** Completes a future when a producer should go on. */
	void whenReady(CompletableFuture<@Nullable Void> future) {
		if (this.closedBy != null) {
			future.completeExceptionally(this.closedBy);
		}
		else if (this.pending.get() > this.bufferSize || this.closing) {
			// So that a caller who gives up and asks again leaves nothing behind.
			this.readyWaiters.removeIf(CompletableFuture::isDone);
			this.readyWaiters.add(future);
		}
		else {
			future.complete(null);
		}
	}

	/**
	 * Accepts nothing more, and flushes.
	 * @return whether everything is taken; if not,
	 * {@link ConnectionLife#everythingFlushed()} is called when it is
	 */
	boolean flushAndClose() {
		this.closing = true;
		flush();
		return this.taken == this.accepted;
	}

	/** The channel closed: nothing more will be taken. */
	void channelClosed(Throwable error) {
		this.closing = true;
		this.closedBy = error;
		if (this.age != null) {
			this.age.stop();
		}
		this.buffer.discard();
		for (FlushWaiter waiter = this.flushWaiters.poll(); waiter != null; waiter = this.flushWaiters.poll()) {
			waiter.future.completeExceptionally(error);
		}
		takeReadyWaiters().forEach((waiter) -> waiter.completeExceptionally(error));
	}

	private void count(int length) {
		this.accepted += length;
		this.pending.lazySet(this.accepted - this.taken);
	}

	private void handOver(ByteBuf bytes) {
		this.handedOver += bytes.readableBytes();
		PendingWrite write = new PendingWrite(this.channel, this.handedOver);
		write.addListener(this.onTaken);
		this.channel.write(bytes, write);
	}

	private void taken(PendingWrite write) {
		if (!write.isSuccess()) {
			this.life.writingBroke(write.cause());
			return;
		}
		this.life.traffic().written(write.end - this.taken);
		this.taken = write.end;
		this.pending.lazySet(this.accepted - this.taken);
		if (this.age != null) {
			this.age.taken(this.taken);
		}
		for (FlushWaiter waiter = this.flushWaiters.peek(); waiter != null
				&& waiter.end <= this.taken; waiter = this.flushWaiters.peek()) {
			this.flushWaiters.remove();
			waiter.future.complete(null);
		}
		if (this.closing) {
			if (this.taken == this.accepted) {
				this.life.everythingFlushed();
			}
		}
		else if (!this.readyWaiters.isEmpty() && this.pending.get() <= this.bufferSize / 2) {
			takeReadyWaiters().forEach((waiter) -> waiter.complete(null));
		}
	}

	private List<CompletableFuture<@Nullable Void>> takeReadyWaiters() {
		List<CompletableFuture<@Nullable Void>> waiters = List.copyOf(this.readyWaiters);
		this.readyWaiters.clear();
		return waiters;
	}

	/**
	 * A write to the channel; when it is done the OS took the first {@code end} bytes.
	 */
	private static final class PendingWrite extends DefaultChannelPromise {

		private final long end;

		PendingWrite(Channel channel, long end) {
			super(channel);
			this.end = end;
		}

	}

	private record FlushWaiter(long end, CompletableFuture<@Nullable Void> future) {
	}

}
