package io.persistentconn.concurrent;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WallClockTimeSourceTests {

	private final TimeSource time = TimeSource.wallClock();

	@Test
	void tasksRunOneAtATimeInOrder() {
		int tasks = 10_000;
		List<Integer> ran = new ArrayList<>(); // not thread-safe, and need not be
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		for (int i = 0; i < tasks; i++) {
			int task = i;
			this.time.execute(() -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				ran.add(task);
				running.decrementAndGet();
			});
		}
		finish();
		assertThat(ran).isEqualTo(IntStream.range(0, tasks).boxed().toList());
		assertThat(most).hasValue(1);
	}

	@Test
	void tasksFromManyThreadsRunOneAtATime() {
		int tasks = 5_000;
		int[] count = new int[1];
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int caller = 0; caller < 4; caller++) {
			callers.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < tasks; i++) {
					this.time.execute(() -> count[0]++);
				}
			}, (task) -> new Thread(task).start()));
		}
		callers.forEach(WallClockTimeSourceTests::get);
		finish();
		assertThat(count[0]).isEqualTo(4 * tasks);
	}

	@Test
	void aTaskThatThrowsDoesNotKeepTheNextFromRunning() {
		this.time.execute(() -> {
			throw new IllegalStateException("expected by the test");
		});
		finish();
	}

	@Test
	void onlyTasksAreInTheOwner() {
		assertThat(this.time.inOwner()).isFalse();
		assertThat(get(CompletableFuture.supplyAsync(this.time::inOwner, this.time))).isTrue();
		TimeSource other = TimeSource.wallClock();
		assertThat(get(CompletableFuture.supplyAsync(this.time::inOwner, other))).isFalse();
	}

	@Test
	void anAlarmFiresInTheOwnerAndNotBeforeItsTime() {
		long set = this.time.nanoTime();
		CompletableFuture<Long> fired = new CompletableFuture<>();
		CompletableFuture<Boolean> inOwner = new CompletableFuture<>();
		this.time.schedule(Duration.ofMillis(20), () -> {
			fired.complete(this.time.nanoTime());
			inOwner.complete(this.time.inOwner());
		});
		assertThat(get(fired) - set).isGreaterThanOrEqualTo(20_000_000);
		assertThat(get(inOwner)).isTrue();
	}

	@Test
	void anAlarmInThePastFiresAtTheNextOpportunity() {
		CompletableFuture<Void> fired = new CompletableFuture<>();
		this.time.schedule(Duration.ofSeconds(-1), () -> fired.complete(null));
		get(fired);
	}

	@Test
	void aCancelledAlarmDoesNotFire() {
		AtomicInteger fired = new AtomicInteger();
		Cancellable alarm = this.time.schedule(Duration.ofMillis(20), fired::incrementAndGet);
		alarm.cancel();
		alarm.cancel();
		CompletableFuture<Void> later = new CompletableFuture<>();
		this.time.schedule(Duration.ofMillis(40), () -> later.complete(null));
		get(later);
		assertThat(fired).hasValue(0);
	}

	@Test
	void anAlarmThatHasFiredCanBeCancelledUntilTheOwnerComesToIt() throws InterruptedException {
		AtomicInteger ran = new AtomicInteger();
		CountDownLatch busy = new CountDownLatch(1);
		this.time.execute(() -> {
			try {
				busy.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Cancellable alarm = this.time.schedule(Duration.ZERO, ran::incrementAndGet);
		// Set after it on the same timer, so when this one fires, that one has.
		CompletableFuture<Void> fired = new CompletableFuture<>();
		TimeSource.wallClock().schedule(Duration.ofMillis(1), () -> fired.complete(null));
		get(fired);
		alarm.cancel();
		busy.countDown();
		finish();
		assertThat(ran).hasValue(0);
	}

	@Test
	void aCancelledAlarmIsReleasedAtOnce() {
		WeakReference<Object> task = setAndCancelAnAlarm();
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
			System.gc();
			return task.get() == null;
		});
	}

	@Test
	void anApplicationThatBlocksTheCommonPoolDoesNotStopTheTime() {
		CountDownLatch blocked = new CountDownLatch(1);
		for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
			ForkJoinPool.commonPool().execute(() -> {
				try {
					blocked.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}
		try {
			CompletableFuture<Void> fired = new CompletableFuture<>();
			this.time.schedule(Duration.ofMillis(1), () -> fired.complete(null));
			assertThat(fired).succeedsWithin(Duration.ofSeconds(60));
		}
		finally {
			blocked.countDown();
		}
	}

	@Test
	void theClocksAreThoseOfTheMachine() {
		long before = System.nanoTime();
		assertThat(this.time.nanoTime()).isBetween(before, System.nanoTime());
		assertThat(this.time.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
	}

	private WeakReference<Object> setAndCancelAnAlarm() {
		List<Object> held = new ArrayList<>();
		this.time.schedule(Duration.ofDays(1), held::clear).cancel();
		return new WeakReference<>(held);
	}

	/** Waits until all that was handed in before has run. */
	private void finish() {
		get(CompletableFuture.runAsync(() -> {
		}, this.time));
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

}
