package io.persistentconn.rpc.transport;

import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages that a {@link MessageTransport} receives, in order. Called by the
 * transport's owner, never from within another call of the transport.
 */
public interface FrameHandler {

	/**
	 * Bytes have come from the peer; the messages among them follow, if there are whole
	 * ones.
	 */
	default void arrived() {
	}

	/**
	 * Takes one message, in place. What it sends is flushed with what other messages of
	 * the same batch sent.
	 * <p>
	 * What it throws ends the delivery, as a failed stage does.
	 * @param buffer the transport's own, valid during this call only, even if the handler
	 * closes the transport meanwhile. It must be neither released nor written; a part is
	 * kept by {@link ByteBuf#retainedSlice(int, int)}, then released by the handler
	 * @param start the index of the message's first byte
	 * @param end the index after its last one; there is at least one byte
	 * @return {@code null} to go on, or a stage: the next message comes when it has
	 * completed. Until then no more is received than the transport's buffer holds, which
	 * is how the peer is slowed down
	 */
	@Nullable CompletionStage<?> frame(ByteBuf buffer, int start, int end);

	/**
	 * No more messages will come. Called exactly once, in a task of its own, unless the
	 * transport was never {@linkplain MessageTransport#start started}. The transport may
	 * still send, and is to be closed by whoever owns it.
	 * @param reason {@code null} if the peer ended the stream between two messages;
	 * {@link FrameException} if it sent something else than frames, or ended in the
	 * middle of one; {@link TransportClosedException} if this side closed; what
	 * {@link #frame} threw or its stage failed with; or why the connection broke
	 */
	void ended(@Nullable Throwable reason);

}
