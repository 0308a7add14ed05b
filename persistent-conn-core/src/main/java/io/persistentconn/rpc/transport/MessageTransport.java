package io.persistentconn.rpc.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.TimeSource;

/**
 * Carries messages both ways, in order: <pre>
 *  0               8
 * +---------------+------------------+
 * | length (i64)  | message          |   little-endian; length of the message alone, &gt; 0
 * +---------------+------------------+
 * </pre>
 * <p>
 * It lives on one owner, {@link #timeSource()}: methods must be called there unless they
 * say otherwise, or throw {@link IllegalStateException}. Futures complete there, where
 * nothing may block.
 * <p>
 * Sending never blocks, and never fails because of the peer: messages are buffered,
 * without bound, and flushed once for all that are sent in one turn of the owner.
 * {@link #isBackedUp()} and {@link #readyForMore()} tell a producer when to wait. What is
 * sent after closing began is dropped.
 * <p>
 * A transport closes itself when the connection breaks; it may close itself when the peer
 * ended the stream. It does not when the peer sent a malformed frame, so that its owner
 * may say why; what is received after the delivery has ended is dropped.
 * <p>
 * Source: wire, section 2; rules R5, R8 and R11.
 */
public interface MessageTransport extends AsyncCloseable {

	/** 100 MiB: the longest message, if not said otherwise. Source: rule R8. */
	int DEFAULT_MAX_LENGTH = 100 * 1024 * 1024;

	/**
	 * The owner: executor, clock and timer. May be called from any thread.
	 * @return always the same
	 */
	TimeSource timeSource();

	/**
	 * The peer. May be called from any thread.
	 * @return its address
	 */
	SocketAddress remoteAddress();

	/**
	 * Begins to deliver, in a later task. What was received before is delivered then, and
	 * so is the end of a stream that has ended.
	 * @param handler takes the messages
	 * @throws IllegalStateException if it was started before
	 */
	void start(FrameHandler handler);

	/**
	 * Sets the length of the longest message that is received from now on, which ends the
	 * delivery with {@link FrameException} if it is longer. At first it is as long as the
	 * longest message that can be sent. No memory is claimed for a message before its
	 * bytes have come.
	 * @param bytes at least 1
	 * @throws IllegalArgumentException if it is less
	 */
	void maxReceivedLength(int bytes);

	/**
	 * Sends a message, encoding it in place at the end of the outbound buffer: the
	 * cheapest way. If this throws, nothing of the message is sent, and the connection
	 * goes on.
	 * @param encoder called during this call, unless closing has begun; what it throws is
	 * thrown here. It must not call the transport
	 * @throws MessageTooLongException if what it appended is longer than the transport's
	 * limit
	 * @throws IllegalArgumentException if it appended nothing
	 */
	void send(FrameEncoder encoder);

	/**
	 * Sends a message that begins with what an encoder appends, and ends with bytes that
	 * were encoded before, by reference unless they are few: one serialisation for many
	 * subscribers. Those of a direct buffer are not copied on their way to the OS.
	 * @param head as for {@link #send(FrameEncoder)}
	 * @param tail the readable bytes of a buffer that belongs to the transport from now
	 * on, which releases it in any case. To share one buffer, give each transport a
	 * {@link ByteBuf#retainedDuplicate()}. The content must not change any more
	 * @throws MessageTooLongException if head and tail are longer than the transport's
	 * limit
	 * @throws IllegalArgumentException if both are empty
	 */
	void send(FrameEncoder head, ByteBuf tail);

	/**
	 * Sends a message that was encoded before, by reference unless it is short.
	 * @param message as the tail of {@link #send(FrameEncoder, ByteBuf)}
	 * @throws MessageTooLongException if it is longer than the transport's limit
	 * @throws IllegalArgumentException if it is empty
	 */
	default void send(ByteBuf message) {
		send((buffer) -> {
		}, message);
	}

	/**
	 * How many bytes were sent, lengths of frames included, that are still on this side.
	 * May be called from any thread.
	 * @return the number of bytes
	 */
	long bytesToWrite();

	/**
	 * How long bytes take to the peer and back. May be called from any thread.
	 * @return an estimate; empty if there is none, which is the default
	 */
	default Optional<Duration> roundTripTime() {
		return Optional.empty();
	}

	/**
	 * Whether a producer should wait, because much is still {@linkplain #bytesToWrite()
	 * to be written}. May be called from any thread.
	 * @return {@code true} until {@link #readyForMore()} completes
	 */
	boolean isBackedUp();

	/**
	 * Waits while the transport is backed up. May be called from any thread.
	 * @return a new future that is complete if the transport is not
	 * {@linkplain #isBackedUp() backed up}, or else completes when it could do with more;
	 * it fails if the connection closes first
	 */
	CompletableFuture<Void> readyForMore();

	/**
	 * Waits until what was sent has left this side. May be called from any thread.
	 * @return a new future that completes when all that was sent before this call has
	 * left; it fails if the connection closes first
	 */
	CompletableFuture<Void> flushed();

	/**
	 * How many bytes were received. May be called from any thread.
	 * @return the number of bytes, lengths of frames included
	 */
	long bytesRead();

	/**
	 * How many sent bytes have left this side. May be called from any thread.
	 * @return the number of bytes, lengths of frames included
	 */
	long bytesWritten();

	/**
	 * Ends the delivery at once, flushes for a limited time what was sent, then closes.
	 * May be called from any thread.
	 * @return as {@link AsyncCloseable#closeAsync()}
	 */
	@Override
	CompletableFuture<Void> closeAsync();

	/**
	 * Closes at once: what was sent and has not left is dropped. May be called from any
	 * thread.
	 * @return as {@link #closeAsync()}
	 */
	CompletableFuture<Void> closeByForce();

}
