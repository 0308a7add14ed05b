package io.persistentconn.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs its tasks one at a time on the JDK's common pool. The alarms are those of
 * {@link CompletableFuture}, so a cancelled one is released at once.
 */
final class WallClockTimeSource implements TimeSource {

	private static final Logger logger = LoggerFactory.getLogger(WallClockTimeSource.class);

	/**
	 * After so many tasks the thread goes back to the pool, so that others get a turn.
	 */
	private static final int TASKS_PER_TURN = 64;

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private boolean scheduled;

	private volatile @Nullable Thread runner;

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Instant instant() {
		return Instant.now();
	}

	@Override
	public boolean inOwner() {
		return this.runner == Thread.currentThread();
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this.tasks) {
			this.tasks.add(task);
			if (this.scheduled) {
				return;
			}
			this.scheduled = true;
		}
		ForkJoinPool.commonPool().execute(this::takeTurn);
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		CompletableFuture<Void> alarm = new CompletableFuture<>();
		// Not the alarm's own state: it may have fired and its task still wait its turn.
		AtomicBoolean cancelled = new AtomicBoolean();
		alarm.thenRun(() -> execute(() -> {
			if (!cancelled.get()) {
				task.run();
			}
		}));
		alarm.completeOnTimeout(null, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
		return () -> {
			cancelled.set(true);
			alarm.cancel(false);
		};
	}

	private void takeTurn() {
		this.runner = Thread.currentThread();
		for (int i = 0; i < TASKS_PER_TURN; i++) {
			Runnable task;
			synchronized (this.tasks) {
				task = this.tasks.poll();
				if (task == null) {
					this.runner = null;
					this.scheduled = false;
					return;
				}
			}
			runSafely(task);
		}
		this.runner = null;
		ForkJoinPool.commonPool().execute(this::takeTurn);
	}

	private static void runSafely(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A task failed", ex);
		}
	}

}
