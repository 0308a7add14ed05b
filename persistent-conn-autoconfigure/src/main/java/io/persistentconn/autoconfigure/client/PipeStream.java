package io.persistentconn.autoconfigure.client;

import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.persistentconn.concurrent.Pipe;

/**
 * Reads a pipe as a stream, which blocks.
 *
 * @param <T> the type of the elements
 */
final class PipeStream<T> extends Spliterators.AbstractSpliterator<T> {

	private final Pipe<T> pipe;

	private final Blocking blocking;

	private PipeStream(Pipe<T> pipe, Blocking blocking) {
		super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
		this.pipe = pipe;
		this.blocking = blocking;
	}

	/**
	 * Makes a stream. Closing it closes the pipe.
	 */
	static <T> Stream<T> of(Pipe<T> pipe, Blocking blocking) {
		return StreamSupport.stream(new PipeStream<>(pipe, blocking), false).onClose(pipe::close);
	}

	@Override
	public boolean tryAdvance(Consumer<? super T> action) {
		this.blocking.check();
		Optional<T> next = this.blocking.await(this.pipe.read());
		next.ifPresent(action);
		return next.isPresent();
	}

}
