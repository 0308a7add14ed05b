package io.persistentconn.concurrent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Logs its signals. */
class RecordingSubscriber<T> implements Flow.Subscriber<T> {

	final List<String> signals = new CopyOnWriteArrayList<>();

	Flow.Subscription subscription;

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		this.signals.add("subscribed");
	}

	@Override
	public void onNext(T element) {
		this.signals.add("next " + element);
	}

	@Override
	public void onError(Throwable failure) {
		this.signals.add("failed " + failure.getMessage());
	}

	@Override
	public void onComplete() {
		this.signals.add("completed");
	}

}
