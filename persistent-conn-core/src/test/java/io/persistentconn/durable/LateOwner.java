package io.persistentconn.durable;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;

/**
 * An owner that gets to each of its tasks a random while after it was handed in, in
 * order: as one with a thread of its own would, beside others, but the same for the same
 * seed.
 */
final class LateOwner implements TimeSource {

	private static final long MOST_NANOS = Duration.ofMillis(2).toNanos();

	private final VirtualTimeSource time;

	private final RandomGenerator random;

	/** When it gets to the last task that was handed in. */
	private long lastDue;

	private boolean running;

	LateOwner(VirtualTimeSource time, RandomGenerator random) {
		this.time = time;
		this.random = random;
	}

	@Override
	public void execute(Runnable task) {
		this.lastDue = Math.max(this.lastDue, nanoTime() + this.random.nextLong(MOST_NANOS));
		this.time.schedule(Duration.ofNanos(this.lastDue - nanoTime()), () -> {
			this.running = true;
			try {
				task.run();
			}
			finally {
				this.running = false;
			}
		});
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		boolean[] cancelled = new boolean[1];
		Cancellable alarm = this.time.schedule(delay, () -> execute(() -> {
			if (!cancelled[0]) {
				task.run();
			}
		}));
		return () -> {
			cancelled[0] = true;
			alarm.cancel();
		};
	}

	@Override
	public boolean inOwner() {
		return this.running;
	}

	@Override
	public long nanoTime() {
		return this.time.nanoTime();
	}

	@Override
	public Instant instant() {
		return this.time.instant();
	}

}
