package io.persistentconn.autoconfigure.subscription;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.service.ServiceExecutor;
import io.persistentconn.autoconfigure.subscription.BookService.Book;
import io.persistentconn.autoconfigure.subscription.BookService.Change;
import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.durable.StateUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * On which threads annotated methods are called, in which order, and what comes of what
 * they throw.
 */
@ExtendWith(OutputCaptureExtension.class)
class SubscriberCallsTests {

	private static final int MANY = 500;

	@Test
	void aMethodThatMayBlockIsCalledInOrderOnTheExecutorOfTheApplication() {
		Applications.runner(BlockingReader.class)
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> {
				BlockingReader reader = context.getBean(BlockingReader.class);
				await().atMost(News.LONG).until(() -> Applications.service(context).subscribers() == 1);
				for (int i = 1; i <= MANY; i++) {
					Applications.service(context).change(i);
				}
				await().atMost(News.LONG).until(() -> reader.changes.size() == MANY);
				assertThat(reader.changes).isSorted().doesNotHaveDuplicates();
				assertThat(reader.threads).allMatch((thread) -> thread.startsWith("task-"));
				assertThat(reader.atATime).hasValue(1);
			});
	}

	@Test
	void aMethodThatReturnsAStageIsCalledOnAnEventLoopAndAgainWhenTheStageCompletes() {
		Applications.runner(StageReader.class).run((context) -> {
			StageReader reader = context.getBean(StageReader.class);
			await().atMost(News.LONG).until(() -> Applications.service(context).subscribers() == 1);
			reader.holding = true;
			Applications.service(context).change(1);
			Applications.service(context).change(2);
			await().atMost(News.LONG).until(() -> reader.changes.size() == 1);
			reader.holding = false;
			reader.stage.complete(null);
			await().atMost(News.LONG).until(() -> reader.changes.size() == 2);
			assertThat(reader.changes).containsExactly(1L, 2L);
			assertThat(reader.offLoop).isFalse();
		});
	}

	@Test
	void whatAMethodThrowsIsLoggedOnceInARowAndChangesNothing(CapturedOutput output) {
		Applications.runner(FailingReader.class).run((context) -> {
			FailingReader reader = context.getBean(FailingReader.class);
			await().atMost(News.LONG).until(() -> Applications.service(context).subscribers() == 2);
			for (int by : new int[] { -1, -2, 3, -4, -5 }) {
				Applications.service(context).change(by);
			}
			await().atMost(News.LONG).until(() -> reader.blocking.size() == 5 && reader.stages.size() == 5);
			assertThat(reader.blocking).containsExactly(-1L, -2L, 3L, -4L, -5L);
			assertThat(reader.stages).containsExactly(-1L, -2L, 3L, -4L, -5L);
			assertThat(context.getBean(Subscriptions.class).get("blocking").status().lost()).isZero();
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") && line.contains("onChange")))
			.hasSize(2)
			.allMatch((line) -> line.contains("Subscription blocking: ")
					&& line.endsWith("FailingReader.onChange(StateUpdate) failed"));
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") && line.contains("onStage")))
			.hasSize(2);
		assertThat(output.getAll()).contains("IllegalStateException: -1", "IllegalStateException: -4")
			.doesNotContain("IllegalStateException: -2", "IllegalStateException: -5");
	}

	@Test
	void anUpdateThatNoThreadTakesIsMadeGoodByANewSubscription(CapturedOutput output) {
		AtomicBoolean full = new AtomicBoolean();
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor();
		TaskExecutor executor = (task) -> {
			if (full.get()) {
				throw new RejectedExecutionException("expected by the test");
			}
			threads.execute(task);
		};
		Applications.runner(DurableSubscriptionTests.BookReader.class)
			.withBean(ServiceExecutor.APPLICATION_TASK_EXECUTOR, TaskExecutor.class, () -> executor)
			.run((context) -> {
				News news = context.getBean(DurableSubscriptionTests.BookReader.class).news;
				news.awaitLast("Book[symbol=AAPL, total=0]");
				full.set(true);
				Applications.service(context).change(1);
				await().atMost(News.LONG).until(() -> output.getAll().contains("no thread takes an update"));
				full.set(false);
				news.awaitLast("Book[symbol=AAPL, total=1]");
				Applications.service(context).change(2);
				news.awaitLast("Change[by=2]");
				assertThat(Applications.service(context).subscribers()).isOne();
			});
	}

	static class BlockingReader {

		final List<Long> changes = new CopyOnWriteArrayList<>();

		final List<String> threads = new CopyOnWriteArrayList<>();

		final AtomicInteger atATime = new AtomicInteger();

		private final AtomicInteger current = new AtomicInteger();

		@DurableSubscription(connection = "quotes", rpc = "book", query = "AAPL")
		void onBook(StateUpdate<Book, Change, String> update) {
			this.atATime.accumulateAndGet(this.current.incrementAndGet(), Math::max);
			this.threads.add(Thread.currentThread().getName());
			if (update instanceof StateUpdate.Update<Book, Change, String> change) {
				this.changes.add(change.update().by());
			}
			this.current.decrementAndGet();
		}

	}

	static class StageReader {

		final List<Long> changes = new CopyOnWriteArrayList<>();

		final CompletableFuture<Void> stage = new CompletableFuture<>();

		volatile boolean holding;

		volatile boolean offLoop;

		@DurableSubscription(connection = "quotes", rpc = "book", query = "AAPL")
		CompletableFuture<Void> onBook(StateUpdate<Book, Change, String> update) {
			if (update instanceof StateUpdate.Update<Book, Change, String> change) {
				this.changes.add(change.update().by());
				// The test itself completes the stage.
				this.offLoop |= this.holding && !(Thread.currentThread() instanceof NonBlockingThread);
				return this.holding ? this.stage : CompletableFuture.completedFuture(null);
			}
			return CompletableFuture.completedFuture(null);
		}

	}

	static class FailingReader {

		final List<Long> blocking = new CopyOnWriteArrayList<>();

		final List<Long> stages = new CopyOnWriteArrayList<>();

		@DurableSubscription(connection = "quotes", rpc = "book", query = "AAPL", name = "blocking")
		void onChange(StateUpdate<Book, Change, String> update) {
			fail(update, this.blocking);
		}

		@DurableSubscription(connection = "quotes", rpc = "book", query = "AAPL", name = "stages")
		CompletableFuture<Void> onStage(StateUpdate<Book, Change, String> update) {
			return CompletableFuture.runAsync(() -> fail(update, this.stages));
		}

		private static void fail(StateUpdate<Book, Change, String> update, List<Long> seen) {
			if (update instanceof StateUpdate.Update<Book, Change, String> change) {
				seen.add(change.update().by());
				if (change.update().by() < 0) {
					throw new IllegalStateException(String.valueOf(change.update().by()));
				}
			}
		}

	}

}
