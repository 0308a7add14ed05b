package io.persistentconn.concurrent;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The writing face of a {@link Pipe}: elements go in, and pushback says when to go on.
 * <p>
 * Nothing bounds what is buffered but the writer's heeding of the pushback: it may write
 * without waiting, and everything is kept until it is read.
 * <p>
 * All methods may be called from any thread; elements written one after the other are
 * read in that order. On which thread the futures complete is said at {@link Pipe}.
 * <p>
 * Source: {@code Pipe.Writer} of Async.
 *
 * @param <T> the type of the elements, which are not {@code null}
 */
public final class PipeWriter<T> {

	private final PipeCore<T> core;

	private final Pipe<T> pipe;

	private PipeWriter(PipeCore<T> core) {
		this.core = core;
		this.pipe = new Pipe<>(core);
	}

	/**
	 * Creates a pipe that pushes back as soon as anything is buffered.
	 * @param <T> the type of the elements
	 * @return the writing face, open, with the reading face at {@link #pipe()}
	 */
	public static <T> PipeWriter<T> create() {
		return create(0);
	}

	/**
	 * Creates a pipe that pushes back while more than some elements are buffered.
	 * @param <T> the type of the elements
	 * @param sizeBudget how many elements may be buffered without pushback
	 * @return the writing face, open, with the reading face at {@link #pipe()}
	 * @throws IllegalArgumentException if the budget is negative
	 */
	public static <T> PipeWriter<T> create(int sizeBudget) {
		return new PipeWriter<>(new PipeCore<>(sizeBudget));
	}

	/**
	 * The reading face.
	 * @return always the same pipe
	 */
	public Pipe<T> pipe() {
		return this.pipe;
	}

	/**
	 * Writes, and says when to write the next element.
	 * @param element what the reader gets
	 * @return the {@linkplain #pushback() pushback} after this element; it fails with a
	 * {@link PipeClosedException} if the pipe was closed before, and then the element was
	 * not written
	 */
	public CompletableFuture<Void> write(T element) {
		return writeWithoutPushback(element) ? pushback() : CompletableFuture.failedFuture(new PipeClosedException());
	}

	/**
	 * Writes, whatever is buffered already.
	 * @param element what the reader gets
	 * @return {@code false} if the pipe is closed, and then the element was not written
	 */
	public boolean writeWithoutPushback(T element) {
		return this.core.write(element, false);
	}

	/**
	 * Writes if there is no pushback now.
	 * @param element what the reader gets
	 * @return {@code false} if the pipe pushes back or is closed, and then the element
	 * was not written
	 */
	public boolean tryWrite(T element) {
		return this.core.write(element, true);
	}

	/**
	 * Drops some of what is buffered, in one step: a reader gets either none of it before
	 * this, or all that is kept.
	 * @param filter asked about each buffered element, in the order in which they would
	 * be read; those it says {@code true} to are dropped. It is called under a lock, so
	 * it must neither block nor use this pipe
	 */
	public void removeBufferedIf(Predicate<? super T> filter) {
		this.core.removeIf(filter);
	}

	/**
	 * Waits for room.
	 * @return a new future that completes when no more elements are buffered than the
	 * budget allows, or the pipe is closed by either end
	 */
	public CompletableFuture<Void> pushback() {
		return this.core.pushback();
	}

	/**
	 * Writes no more: the reader gets what is buffered, then the end. Without effect on a
	 * closed pipe.
	 */
	public void close() {
		this.core.end(null);
	}

	/**
	 * Writes no more: the reader gets what is buffered, then the failure. Without effect
	 * on a closed pipe.
	 * @param failure what ended the stream
	 */
	public void fail(Throwable failure) {
		this.core.end(Objects.requireNonNull(failure, "failure"));
	}

	/**
	 * Whether either end has closed the pipe.
	 * @return {@code true} once nothing more can be written
	 */
	public boolean isClosed() {
		return this.core.isClosed();
	}

	/**
	 * Observes closing by either end, for example to stop what feeds the pipe.
	 * @return a new future that completes as soon as {@link #isClosed()}
	 */
	public CompletableFuture<Void> closed() {
		return this.core.closed();
	}

}
