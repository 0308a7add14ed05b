package io.persistentconn.tcp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.persistentconn.concurrent.AsyncCloseable;

/**
 * The receiving half of a {@link TcpConnection}.
 * <p>
 * Bytes are received ahead of being asked for, up to
 * {@link ConnectOptions#readerBufferSize()}; beyond that the connection stops reading, so
 * that the peer is slowed down and memory is bounded.
 * <p>
 * One operation may be outstanding at a time; the future of a second one fails with
 * {@link IllegalStateException}. All methods may be called from any thread. The futures
 * complete on the connection's event loop, where nothing may block. Completing or
 * cancelling such a future ends its operation; bytes that it was just about to take are
 * lost.
 * <p>
 * When the peer has sent its last byte, the bytes before it can still be read, also after
 * the connection closed because of that; then operations report the end as they say. If
 * the connection ended otherwise, they fail with its {@link TcpConnection#closeReason()},
 * after the bytes received before it, or, if this side closed it, with
 * {@link ConnectionClosedException}.
 */
public final class TcpReader implements AsyncCloseable {

	/** 64 KiB: the longest line, in bytes, if not said otherwise. */
	public static final int DEFAULT_MAX_LINE_LENGTH = 64 * 1024;

	private final ConnectionLife life;

	private final Inbound inbound;

	TcpReader(ConnectionLife life, Inbound inbound) {
		this.life = life;
		this.inbound = inbound;
	}

	/**
	 * Reads what is there, or else what comes next.
	 * @return a future of at least one byte, in a buffer that the caller releases; empty
	 * at the end of the stream
	 */
	public CompletableFuture<Optional<ByteBuf>> read() {
		return this.inbound.start(new ReadChunk());
	}

	/**
	 * Reads a number of bytes.
	 * @param length how many, 0 or more. It may exceed the reader's buffer; nothing is
	 * allocated before the bytes come
	 * @return a future of exactly so many bytes; it fails with
	 * {@link EndOfStreamException} if the stream ends before, and the bytes stay unread
	 * @throws IllegalArgumentException if the length is negative
	 */
	public CompletableFuture<byte[]> readExactly(int length) {
		Checks.notNegative("length", length);
		if (length == 0) {
			return CompletableFuture.completedFuture(new byte[0]);
		}
		return this.inbound.start(new ReadExactly(this.life.peer(), length));
	}

	/**
	 * Reads up to a delimiter, and over it.
	 * @param delimiter at least one byte
	 * @param maxLength the most bytes before the delimiter
	 * @return a future of the bytes before the delimiter; empty if the stream ends where
	 * nothing is unread. It fails with {@link EndOfStreamException} if it ends before a
	 * delimiter, and the bytes stay unread; with {@link DelimiterNotFoundException} if
	 * there is none where it should be, and the connection closes
	 * @throws IllegalArgumentException if the delimiter is empty or the length negative
	 */
	public CompletableFuture<Optional<byte[]>> readUntil(byte[] delimiter, int maxLength) {
		Checks.atLeastOne("delimiter.length", delimiter.length);
		Checks.notNegative("maxLength", maxLength);
		return this.inbound.start(new ReadUntil(this.life.peer(), delimiter, maxLength));
	}

	/**
	 * Reads a line of at most {@link #DEFAULT_MAX_LINE_LENGTH} bytes.
	 * @return as {@link #readLine(int)}
	 */
	public CompletableFuture<Optional<String>> readLine() {
		return readLine(DEFAULT_MAX_LINE_LENGTH);
	}

	/**
	 * Reads a line: UTF-8, up to a line feed or carriage return and line feed.
	 * @param maxLength the most bytes of a line, its end not counted
	 * @return a future of the line without its end; a last line that has no end is one,
	 * too; empty at the end of the stream. It fails with
	 * {@link DelimiterNotFoundException} on a longer line, and the connection closes
	 * @throws IllegalArgumentException if the length is negative
	 */
	public CompletableFuture<Optional<String>> readLine(int maxLength) {
		Checks.notNegative("maxLength", maxLength);
		return this.inbound.start(new ReadLine(this.life.peer(), maxLength));
	}

	/**
	 * Calls a handler with every line of at most {@link #DEFAULT_MAX_LINE_LENGTH} bytes.
	 * @param handler as for {@link #forEachLine(int, Function)}
	 * @return as {@link #forEachLine(int, Function)}
	 */
	public CompletableFuture<Void> forEachLine(Function<? super String, ? extends CompletionStage<?>> handler) {
		return forEachLine(DEFAULT_MAX_LINE_LENGTH, handler);
	}

	/**
	 * Calls a handler with every line, one at a time, until the stream ends.
	 * @param maxLength as for {@link #readLine(int)}
	 * @param handler called on the event loop; the next line comes when its stage has
	 * completed
	 * @return a future that completes at the end of the stream; it fails as
	 * {@link #readLine(int)} does, and with the error of a handler that throws or whose
	 * stage fails. The lines after that stay unread
	 * @throws IllegalArgumentException if the length is negative
	 */
	public CompletableFuture<Void> forEachLine(int maxLength,
			Function<? super String, ? extends CompletionStage<?>> handler) {
		Checks.notNegative("maxLength", maxLength);
		return this.inbound.start(new LineLoop(this.life.peer(), maxLength, this.inbound.newGate(), handler));
	}

	/**
	 * Calls a handler with the received bytes as they come, without copying them.
	 * @param handler called on the event loop
	 * @return a future that completes when the handler stops, or at the end of the
	 * stream; it fails with {@link EndOfStreamException} if there are unconsumed bytes
	 * then, and with the error of a handler that throws or whose stage fails
	 */
	public CompletableFuture<Void> forEachChunk(ChunkHandler handler) {
		return this.inbound.start(new ChunkLoop(this.life.peer(), this.inbound.newGate(), handler));
	}

	/**
	 * Writes all that is received, without copying it. Reading pauses while the writer is
	 * {@linkplain TcpWriter#isBackedUp() backed up}.
	 * @param writer of this connection or another
	 * @return a future of the number of bytes, at the end of the stream. They are
	 * written, not necessarily {@linkplain TcpWriter#flushed() flushed}. It fails if the
	 * writer's connection closes first
	 */
	public CompletableFuture<Long> transferTo(TcpWriter writer) {
		return this.inbound.start(new Transfer(writer, this.inbound.newGate(),
				writer.life().addCloseListener(this.inbound::advanceLater)));
	}

	/**
	 * Closes the connection at once, for reader and writer share a descriptor: bytes that
	 * were written, but not yet taken by the OS, are lost, and
	 * {@link TcpWriter#flushed()} fails. Close the writer first, or the connection.
	 * Source: rule T3.
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return this.life.closeByForce();
	}

	@Override
	public boolean isClosed() {
		return this.life.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.life.closeFinished();
	}

}
