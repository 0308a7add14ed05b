package io.persistentconn.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs its tasks one at a time on daemon threads that all time sources of this kind
 * share, and that end when they are idle. They are not those of the JDK's common pool, of
 * which a small machine has one: an application that blocks it must not stop the time
 * here. A cancelled alarm is released at once.
 */
final class WallClockTimeSource implements TimeSource {

	private static final Logger logger = LoggerFactory.getLogger(WallClockTimeSource.class);

	/**
	 * After so many tasks the thread goes back to the pool, so that others get a turn.
	 */
	private static final int TASKS_PER_TURN = 64;

	private static final Duration IDLE_THREADS_LIVE = Duration.ofSeconds(10);

	private static final ExecutorService POOL = pool();

	private static final ScheduledExecutorService TIMER = timer();

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
		POOL.execute(this::takeTurn);
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		// Not the alarm's own state: it may have fired and its task still wait its turn.
		AtomicBoolean cancelled = new AtomicBoolean();
		Future<?> alarm = TIMER.schedule(() -> execute(() -> {
			if (!cancelled.get()) {
				task.run();
			}
		}), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
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
		POOL.execute(this::takeTurn);
	}

	private static ExecutorService pool() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_THREADS_LIVE.toSeconds(), TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads("persistent-conn-clock"));
	}

	private static ScheduledExecutorService timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("persistent-conn-timer"));
		timer.setRemoveOnCancelPolicy(true);
		timer.setKeepAliveTime(IDLE_THREADS_LIVE.toSeconds(), TimeUnit.SECONDS);
		timer.allowCoreThreadTimeOut(true);
		return timer;
	}

	private static ThreadFactory threads(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
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
