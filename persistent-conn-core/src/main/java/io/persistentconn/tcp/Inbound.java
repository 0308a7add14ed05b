package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The way of received bytes: buffered, then taken by the one operation that is
 * outstanding; and when to receive more. Used on the event loop only, unless said
 * otherwise.
 */
final class Inbound {

	private final ConnectionLife life;

	private final InboundBuffer buffer;

	private final int bufferSize;

	private final @Nullable ReadIdle idle;

	private @Nullable ReadOperation<?> operation;

	private boolean reading;

	/** Whether the stream ends, for the reader, where nothing is unread. */
	private boolean endsWhenRead;

	private boolean advancing;

	private boolean advanceAgain;

	Inbound(ConnectionLife life, int bufferSize, @Nullable ReadIdle idle) {
		this.life = life;
		this.buffer = new InboundBuffer(life.channel().alloc());
		this.bufferSize = bufferSize;
		this.idle = idle;
		this.reading = life.channel().config().isAutoRead();
	}

	/** The channel received bytes, which belong to this from now on. */
	void received(ByteBuf bytes) {
		if (this.idle != null) {
			this.idle.received();
		}
		this.life.traffic().read(bytes.readableBytes());
		this.buffer.append(bytes);
		advance();
	}

	/**
	 * No more bytes will come.
	 * @param error why; {@code null} if the peer said so in good order
	 */
	void end(@Nullable Throwable error) {
		if (this.idle != null) {
			this.idle.stop();
		}
		this.buffer.end(error);
		advance();
	}

	/**
	 * Ends the stream as soon as nothing is unread: who has begun to say something may
	 * finish, but then nothing more is heard.
	 */
	void endWhenRead() {
		this.endsWhenRead = true;
		endIfRead();
	}

	private void endIfRead() {
		if (this.endsWhenRead && this.buffer.unread() == 0 && !this.buffer.hasEnded()) {
			end(null);
		}
	}

	/** Drops what is unread and what is still to come, and fails all reads. */
	void discard(Throwable error) {
		this.buffer.discard(error);
		end(error);
	}

	/**
	 * The channel closed.
	 * @param error what reads fail with from now on, unless the stream ended before
	 * @param discard whether this side asked for it: then they fail in any case
	 */
	void channelClosed(Throwable error, boolean discard) {
		if (discard) {
			this.buffer.discard(error);
		}
		end(error);
		this.buffer.moveToHeap();
	}

	boolean hasEnded() {
		return this.buffer.hasEnded();
	}

	/** Takes over reading. */
	void begin() {
		updateReading();
	}

	/** For operations that wait for stages. Called by any thread. */
	StageGate newGate() {
		return new StageGate(this.life::inNextTask, this::advance);
	}

	/** Begins an operation. Called by any thread. */
	<T extends @Nullable Object> CompletableFuture<T> start(ReadOperation<T> next) {
		this.life.onLoop(() -> {
			ReadOperation<?> current = this.operation;
			if (current != null && !current.isAbandoned()) {
				next.over();
				next.fail(new IllegalStateException("Another read of the connection to " + this.life.peer()
						+ " is outstanding (expected: one at a time)"));
				return;
			}
			if (current != null) {
				forget(current);
			}
			this.operation = next;
			if (this.advancing) {
				this.advanceAgain = true;
			}
			else {
				// Never in place: a caller that reads in a loop would recurse.
				this.life.inNextTask(this::advance);
			}
		});
		return next.future();
	}

	/** Lets the operation look again, later. Called by any thread. */
	void advanceLater() {
		this.life.inNextTask(this::advance);
	}

	private void advance() {
		this.advanceAgain = true;
		if (this.advancing) {
			return;
		}
		this.advancing = true;
		while (this.advanceAgain) {
			this.advanceAgain = false;
			ReadOperation<?> current = this.operation;
			if (current != null && advance(current)) {
				this.advanceAgain = true;
			}
		}
		this.advancing = false;
		this.buffer.trim();
		updateReading();
		endIfRead();
	}

	/** Returns whether the operation is over. */
	private boolean advance(ReadOperation<?> current) {
		if (current.isAbandoned()) {
			forget(current);
			return true;
		}
		try {
			boolean over = !this.buffer.isDiscarded() && current.advance(this.buffer);
			if (this.operation != current) {
				// Abandoned by its own handler, which began another.
				return true;
			}
			if (!over && !current.isWaiting() && this.buffer.hasEnded()) {
				Throwable error = this.buffer.error();
				if (error != null) {
					throw error;
				}
				over = current.atEnd(this.buffer);
			}
			if (!over) {
				return false;
			}
			forget(current);
			current.succeed();
		}
		catch (Throwable ex) {
			forget(current);
			current.fail(ex);
			if (ex instanceof DelimiterNotFoundException) {
				this.life.beginClose(ex);
			}
		}
		return true;
	}

	private void forget(ReadOperation<?> current) {
		if (this.operation == current) {
			this.operation = null;
		}
		current.over();
	}

	private void updateReading() {
		if (this.buffer.hasEnded()) {
			return;
		}
		ReadOperation<?> current = this.operation;
		boolean wanted = this.buffer.unread() < ((current != null) ? current.wanted(this.bufferSize) : this.bufferSize);
		if (wanted != this.reading) {
			this.reading = wanted;
			if (this.idle != null) {
				this.idle.reading(wanted);
			}
			this.life.channel().config().setAutoRead(wanted);
		}
	}

}
