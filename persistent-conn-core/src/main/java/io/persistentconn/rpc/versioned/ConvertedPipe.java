package io.persistentconn.rpc.versioned;

import java.util.concurrent.Flow;
import java.util.function.Function;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a publisher publishes into a pipe, converted one by one: the next is
 * requested when the last one has been read, so pushback goes through. Closing the pipe
 * cancels the subscription, and the pipe ends or fails as the publisher does. If the
 * conversion throws, the pipe fails. Called by the publisher, on its thread.
 *
 * @param <T> the type that is published
 * @param <U> the type that is read
 */
final class ConvertedPipe<T, U> implements Flow.Subscriber<T> {

	private final Function<? super T, ? extends U> conversion;

	private final PipeWriter<U> writer = PipeWriter.create();

	private Flow.@Nullable Subscription subscription;

	private ConvertedPipe(Function<? super T, ? extends U> conversion) {
		this.conversion = conversion;
	}

	static <T, U> Pipe<U> of(Flow.Publisher<? extends T> publisher, Function<? super T, ? extends U> conversion) {
		ConvertedPipe<T, U> converted = new ConvertedPipe<>(conversion);
		publisher.subscribe(converted);
		return converted.writer.pipe();
	}

	@Override
	public void onSubscribe(Flow.Subscription begun) {
		this.subscription = begun;
		this.writer.closed().thenRun(begun::cancel);
		begun.request(1);
	}

	@Override
	public void onNext(T element) {
		U converted;
		try {
			converted = this.conversion.apply(element);
		}
		catch (Throwable ex) {
			this.writer.fail(ex);
			return;
		}
		this.writer.write(converted).thenRun(this::requestNext);
	}

	@Override
	public void onError(Throwable failure) {
		this.writer.fail(failure);
	}

	@Override
	public void onComplete() {
		this.writer.close();
	}

	private void requestNext() {
		Flow.Subscription current = this.subscription;
		if (current != null) {
			current.request(1);
		}
	}

}
