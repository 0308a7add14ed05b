package io.persistentconn.tcp;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Hands writes of other threads over to the event loop, which is woken up once for all
 * that come before it looks.
 */
final class WriteQueue {

	private final ConcurrentLinkedQueue<ByteBuf> queue = new ConcurrentLinkedQueue<>();

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicBoolean woken = new AtomicBoolean();

	private final Executor eventLoop;

	private final Runnable task;

	/**
	 * Creates an empty queue.
	 * @param eventLoop the owner
	 * @param drain run on it when something was added; polls until nothing is left
	 */
	WriteQueue(Executor eventLoop, Runnable drain) {
		this.eventLoop = eventLoop;
		this.task = () -> {
			this.woken.set(false);
			drain.run();
		};
	}

	/** Adds bytes, which belong to the queue from now on. Called by any thread. */
	void add(ByteBuf buffer) {
		this.bytes.addAndGet(buffer.readableBytes());
		this.queue.add(buffer);
		if (!this.woken.get() && this.woken.compareAndSet(false, true)) {
			try {
				this.eventLoop.execute(this.task);
			}
			catch (RejectedExecutionException ex) {
				// The event loop has ended, and the connection with it.
				this.woken.set(false);
				for (ByteBuf lost = this.queue.poll(); lost != null; lost = this.queue.poll()) {
					lost.release();
				}
			}
		}
	}

	/**
	 * Takes the next write. Called on the event loop, which counts the bytes as its own
	 * and then calls {@link #taken}.
	 */
	@Nullable ByteBuf poll() {
		return this.queue.poll();
	}

	void taken(int length) {
		this.bytes.addAndGet(-length);
	}

	/** How many bytes are queued. Called by any thread. */
	long bytes() {
		return this.bytes.get();
	}

}
