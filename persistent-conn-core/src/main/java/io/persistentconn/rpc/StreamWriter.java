package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.persistentconn.rpc.protocol.StreamData;
import io.persistentconn.rpc.transport.MessageTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes the updates of one stream straight to its connection: the cheapest way, without
 * pushback of its own. What is written before the handler has accepted goes out after
 * that. All methods may be called from any thread; what one thread writes keeps its
 * order. Source: rule R6.
 *
 * @param <U> the type of the updates
 */
public final class StreamWriter<U> {

	/** So many updates of other threads may wait for the event loop, or it is behind. */
	private static final int MAX_WAITING = 256;

	private final ServedStream<U> stream;

	private final MessageTransport transport;

	private final OwnerQueue<Object> updates;

	/** Completes when the stream was accepted, or will not be. */
	private final CompletableFuture<Void> decided = new CompletableFuture<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final Source source = new Source();

	/** What was written before the stream was accepted. Used by the owner. */
	private @Nullable List<Object> early = new ArrayList<>();

	StreamWriter(ServedStream<U> stream) {
		this.stream = stream;
		this.transport = stream.session().transport();
		this.updates = new OwnerQueue<>(stream.session().timeSource(), this::take);
	}

	/**
	 * Writes an update, whatever is still to be sent.
	 * @param update the update
	 * @return {@code false} if the stream has ended, so that the update goes nowhere
	 */
	public boolean write(U update) {
		if (this.closed.isDone()) {
			return false;
		}
		this.updates.hand(update);
		return true;
	}

	/** Writes an update that was encoded before. */
	boolean writeEncoded(Encoded update) {
		if (this.closed.isDone()) {
			return false;
		}
		this.updates.hand(update);
		return true;
	}

	/**
	 * Whether to wait before more is written.
	 * @return whether the stream is not accepted yet, the connection backed up, or its
	 * event loop behind what other threads have written
	 */
	public boolean isBackedUp() {
		return !this.decided.isDone() || this.updates.waiting() > MAX_WAITING || this.transport.isBackedUp();
	}

	/**
	 * Waits while this {@link #isBackedUp()}.
	 * @return a new future that completes when more can be written, or the stream has
	 * ended; it fails if the connection closes first
	 */
	public CompletableFuture<Void> readyForMore() {
		return this.decided.thenCompose((decided) -> this.transport.readyForMore());
	}

	/**
	 * Ends the stream after what was written.
	 */
	public void close() {
		this.updates.hand(End.END);
	}

	/**
	 * Whether the stream has ended.
	 * @return {@code true} once nothing more can be written
	 */
	public boolean isClosed() {
		return this.closed.isDone();
	}

	/**
	 * Observes the end: by {@link #close()}, by the peer, or because the connection
	 * closed.
	 * @return a new future that completes as soon as {@link #isClosed()}, on the event
	 * loop of the connection
	 */
	public CompletableFuture<Void> closed() {
		return this.closed.copy();
	}

	ServedStream<U> stream() {
		return this.stream;
	}

	StreamSource source() {
		return this.source;
	}

	@SuppressWarnings("unchecked")
	private void take(Object item) {
		List<Object> waiting = this.early;
		if (waiting != null) {
			waiting.add(item);
		}
		else if (item == End.END) {
			this.stream.eof();
		}
		else if (item instanceof Encoded encoded) {
			this.stream.updateEncoded(encoded.data());
		}
		else {
			this.stream.update((U) item);
		}
	}

	/**
	 * An update in its encoded form, as {@link StreamData} has it.
	 *
	 * @param data on the heap, read by index only
	 */
	record Encoded(ByteBuf data) {
	}

	private enum End {

		END

	}

	private final class Source implements StreamSource {

		@Override
		@SuppressWarnings("NullAway")
		public void begin() {
			List<Object> waiting = StreamWriter.this.early;
			StreamWriter.this.early = null;
			if (waiting != null) {
				waiting.forEach(StreamWriter.this::take);
			}
			StreamWriter.this.decided.complete(null);
		}

		@Override
		public void flush() {
			StreamWriter.this.updates.drain();
		}

		@Override
		@SuppressWarnings("NullAway")
		public void stop() {
			StreamWriter.this.closed.complete(null);
			StreamWriter.this.decided.complete(null);
		}

	}

}
