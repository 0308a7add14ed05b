package io.persistentconn.benchmarks;

/**
 * Counts what the subscribers of one state get, on one event loop: first the state, then
 * pushes, each of which is asked for when all have got the one before.
 */
final class PushCounter {

	private final int subscribers;

	private final Meter meter;

	private final Runnable askForPush;

	private int delivered;

	PushCounter(int subscribers, Meter meter, Runnable askForPush) {
		this.subscribers = subscribers;
		this.meter = meter;
		this.askForPush = askForPush;
	}

	/** One of the subscribers got something. */
	void delivered() {
		if (this.meter.count() && ++this.delivered == this.subscribers) {
			this.delivered = 0;
			this.askForPush.run();
		}
	}

}
