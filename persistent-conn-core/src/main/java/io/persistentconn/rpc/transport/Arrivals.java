package io.persistentconn.rpc.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import io.persistentconn.concurrent.TimeSource;

/**
 * What is on its way to an end of a {@link MemoryTransport}: arrives as tasks of its
 * owner, each at its time, and always in the order of sending. Called by any thread.
 */
final class Arrivals {

	private final Queue<Runnable> inFlight = new ArrayDeque<>();

	private final TimeSource receiver;

	private long lastDueAt;

	Arrivals(TimeSource receiver) {
		this.receiver = receiver;
	}

	/** Sends what is to happen on arrival. */
	void send(Duration delay, Runnable arrival) {
		Duration wait;
		synchronized (this.inFlight) {
			wait = waitFor(delay);
			this.inFlight.add(arrival);
		}
		if (wait.isZero()) {
			this.receiver.execute(this::arriveNext);
		}
		else {
			this.receiver.schedule(wait, this::arriveNext);
		}
	}

	/** Nothing overtakes what was sent before with a longer delay. */
	private Duration waitFor(Duration delay) {
		long now = this.receiver.nanoTime();
		long dueAt = now + delay.toNanos();
		if (!this.inFlight.isEmpty() && this.lastDueAt - dueAt > 0) {
			dueAt = this.lastDueAt;
		}
		this.lastDueAt = dueAt;
		return Duration.ofNanos(dueAt - now);
	}

	/**
	 * Takes the first, whichever alarm was the first to fire: at the same instant their
	 * order is that of the timer.
	 */
	private void arriveNext() {
		Runnable arrival;
		synchronized (this.inFlight) {
			arrival = this.inFlight.remove();
		}
		arrival.run();
	}

}
