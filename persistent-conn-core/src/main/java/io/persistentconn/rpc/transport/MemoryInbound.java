package io.persistentconn.rpc.transport;

import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

import io.netty.buffer.ByteBuf;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What arrived at an end of a {@link MemoryTransport}: kept until its handler takes it.
 * Used by the owner only, unless said otherwise.
 */
final class MemoryInbound {

	private final TimeSource owner;

	private final SocketAddress peer;

	private final Delivery delivery;

	private final IntConsumer onTaken;

	/** Each is a frame; the last one may be cut off. */
	private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();

	private final AtomicLong bytesRead = new AtomicLong();

	/** How much arrived of the frame that the connection was cut in. */
	private int cutOffFrame;

	private boolean started;

	private boolean held;

	private boolean paused;

	private boolean ended;

	private @Nullable Throwable endedBy;

	private @Nullable Throwable closedBy;

	/**
	 * Creates an end where nothing arrived.
	 * @param onTaken is told how many bytes were taken, each time
	 */
	MemoryInbound(TimeSource owner, SocketAddress peer, int maxLength, IntConsumer onTaken) {
		this.owner = owner;
		this.peer = peer;
		this.delivery = new Delivery(peer, maxLength);
		this.onTaken = onTaken;
	}

	void start(FrameHandler handler) {
		this.delivery.start(handler);
		this.started = true;
		if (this.closedBy != null) {
			close(this.closedBy);
		}
		this.owner.execute(this::advance);
	}

	void maxLength(int bytes) {
		this.delivery.maxLength(bytes);
	}

	void hold(boolean hold) {
		this.held = hold;
		this.owner.execute(this::advance);
	}

	/** Ends the delivery: what arrived and will arrive is taken and dropped. */
	void close(Throwable error) {
		this.closedBy = error;
		endWith(error);
		this.owner.execute(this::advance);
	}

	/** Bytes arrived, which are dropped if the stream was cut. In a task of its own. */
	void received(ByteBuf bytes) {
		if (this.ended) {
			this.onTaken.accept(bytes.readableBytes());
			return;
		}
		this.bytesRead.addAndGet(bytes.readableBytes());
		this.unread.add(bytes);
		advance();
	}

	/** The end of the stream arrived. The first one counts. In a task of its own. */
	void ended(@Nullable Throwable error) {
		if (!this.ended) {
			this.ended = true;
			this.endedBy = error;
			advance();
		}
	}

	/** How many bytes arrived. Called by any thread. */
	long bytesRead() {
		return this.bytesRead.get();
	}

	private void advance() {
		while (isTaking() && !this.unread.isEmpty()) {
			ByteBuf frame = this.unread.remove();
			int length = frame.readableBytes();
			deliver(frame);
			this.cutOffFrame = frame.readableBytes();
			frame.release();
			this.onTaken.accept(length);
		}
		if (this.ended && isTaking() && !this.delivery.isStopped()) {
			boolean inFrame = this.endedBy == null && this.cutOffFrame > 0;
			this.delivery.end(inFrame ? FrameException.cutOff(this.peer, this.cutOffFrame) : this.endedBy);
		}
	}

	private boolean isTaking() {
		return this.delivery.isStopped() || (this.started && !this.held && !this.paused);
	}

	private void deliver(ByteBuf frame) {
		try {
			CompletionStage<?> pause = this.delivery.deliver(frame);
			if (pause != null) {
				this.paused = true;
				pause.whenComplete((value, error) -> this.owner.execute(() -> resume(error)));
			}
		}
		catch (Throwable ex) {
			endWith(ex);
		}
	}

	private void resume(@Nullable Throwable error) {
		this.paused = false;
		if (error != null) {
			Throwable cause = error.getCause();
			endWith((error instanceof CompletionException && cause != null) ? cause : error);
		}
		advance();
	}

	private void endWith(Throwable error) {
		this.delivery.stop();
		this.owner.execute(() -> this.delivery.end(error));
	}

}
