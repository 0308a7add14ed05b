package io.persistentconn.autoconfigure.client;

import java.util.concurrent.Flow;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;

/**
 * Fills a pipe that is there before the stream is.
 *
 * @param <T> the type of the updates
 */
final class PipeRelay<T> implements Flow.Subscriber<T> {

	private final PipeWriter<T> writer = PipeWriter.create();

	private volatile Runnable requester = () -> {
	};

	private PipeRelay() {
	}

	/**
	 * Subscribes at once. Closing the pipe cancels the subscription.
	 */
	static <T> Pipe<T> of(Flow.Publisher<T> publisher) {
		PipeRelay<T> relay = new PipeRelay<>();
		publisher.subscribe(relay);
		return relay.writer.pipe();
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.writer.closed().thenRun(subscription::cancel);
		this.requester = () -> subscription.request(1);
		subscription.request(1);
	}

	@Override
	public void onNext(T update) {
		if (this.writer.writeWithoutPushback(update)) {
			this.writer.pushback().thenRun(this.requester);
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.writer.fail(failure);
	}

	@Override
	public void onComplete() {
		this.writer.close();
	}

}
