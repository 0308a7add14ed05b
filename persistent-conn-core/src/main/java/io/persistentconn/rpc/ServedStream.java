package io.persistentconn.rpc;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.ShortBytes;
import io.persistentconn.rpc.protocol.StreamData;
import io.persistentconn.rpc.transport.FrameEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A stream that the peer asked for. Used on the owner of the connection only. Source:
 * wire, section 5.
 *
 * @param <U> the type of the updates
 */
final class ServedStream<U> {

	private final ServedQuery query;

	private final BinCodec<U> updateCodec;

	/** What all messages begin with. */
	private final ShortBytes head;

	/** One for all updates, so that sending allocates nothing. */
	private final FrameEncoder updateEncoder = this::encodeUpdate;

	private final FrameEncoder encodedUpdateEncoder = this::encodeEncodedUpdate;

	private @Nullable StreamSource source;

	/** Until it is encoded; one that was encoded before is a buffer. */
	private @Nullable Object update;

	private Phase phase = Phase.PENDING;

	private boolean aborted;

	ServedStream(ServedQuery query, BinCodec<U> updateCodec) {
		this.query = query;
		this.updateCodec = updateCodec;
		this.head = query.session().writer().okResponseHead(query.id(), query.entry().rank());
	}

	BinCodec<U> updateCodec() {
		return this.updateCodec;
	}

	Session session() {
		return this.query.session();
	}

	/** The handler accepts. */
	<S> void accept(BinCodec<S> initialCodec, S initial, StreamSource accepted) {
		if (this.phase != Phase.PENDING) {
			accepted.stop();
			this.query.ended(null);
			return;
		}
		this.source = accepted;
		RpcError error = send((out) -> {
			this.head.write(out);
			StreamData.writeInitial(out, initialCodec, initial);
		});
		if (error != null) {
			this.query.unsent(error);
			end();
			return;
		}
		this.phase = Phase.OPEN;
		this.query.ended(null);
		if (this.aborted) {
			eof();
		}
		else {
			accepted.begin();
		}
	}

	/** The handler rejects. */
	<E> void reject(BinCodec<E> errorCodec, E error) {
		if (this.phase == Phase.PENDING) {
			RpcError unsent = send((out) -> {
				this.head.write(out);
				StreamData.writeInitialError(out, errorCodec, error);
			});
			if (unsent != null) {
				this.query.unsent(unsent);
			}
			end();
		}
		this.query.ended(null);
	}

	/** The handler or the source failed. */
	void failed(Throwable failure) {
		if (this.phase != Phase.ENDED) {
			boolean running = this.phase != Phase.PENDING;
			end();
			this.query.failed(running ? this.query.entry().implementation().streamError(failure) : failure);
		}
		else {
			this.query.ended(ServedQuery.cause(failure));
		}
	}

	/** Sends an update, if the stream is open. */
	void update(U update) {
		if (this.phase == Phase.OPEN) {
			this.update = update;
			sent(send(this.updateEncoder));
		}
	}

	/** Sends an update that was encoded before, if the stream is open. */
	void updateEncoded(ByteBuf data) {
		if (this.phase == Phase.OPEN) {
			this.update = data;
			sent(send(this.encodedUpdateEncoder));
		}
	}

	/**
	 * An update that could not be sent ends the stream: the peer aborts it on hearing of
	 * that, and waits for the end.
	 */
	private void sent(@Nullable RpcError error) {
		if (error != null) {
			this.query.unsent(error);
			this.phase = Phase.FAILED;
			stopSource();
		}
		else if (this.update != null && session().transport().isClosed()) {
			// Nobody will be told before the writer yields, which it may not do before.
			this.update = null;
			connectionClosed();
		}
	}

	/** There are no more updates. */
	void eof() {
		if (this.phase == Phase.OPEN || this.phase == Phase.FAILED) {
			send((out) -> {
				this.head.write(out);
				StreamData.writeEof(out);
			});
			end();
		}
	}

	/** The peer wants no more. */
	void abort() {
		this.aborted = true;
		eof();
	}

	/** The connection closes. */
	void flush() {
		StreamSource current = this.source;
		if (this.phase == Phase.OPEN && current != null) {
			current.flush();
		}
	}

	/** The connection has closed. */
	void connectionClosed() {
		this.phase = Phase.ENDED;
		stopSource();
	}

	@SuppressWarnings("unchecked")
	private void encodeUpdate(ByteBuf out) {
		U encoded = (U) takeUpdate();
		this.head.write(out);
		StreamData.writeUpdate(out, this.updateCodec, encoded);
	}

	private void encodeEncodedUpdate(ByteBuf out) {
		ByteBuf data = (ByteBuf) takeUpdate();
		this.head.write(out);
		out.writeBytes(data, data.readerIndex(), data.readableBytes());
	}

	private Object takeUpdate() {
		Object taken = Objects.requireNonNull(this.update);
		this.update = null;
		return taken;
	}

	private void end() {
		this.phase = Phase.ENDED;
		stopSource();
		this.query.calls().removeStream(this.query.id());
	}

	private void stopSource() {
		if (this.source != null) {
			this.source.stop();
		}
	}

	private @Nullable RpcError send(FrameEncoder encoder) {
		return session().send(encoder);
	}

	private enum Phase {

		/** The handler has not answered. */
		PENDING,

		OPEN,

		/** An update could not be sent; the peer's abort is waited for. */
		FAILED,

		ENDED

	}

}
