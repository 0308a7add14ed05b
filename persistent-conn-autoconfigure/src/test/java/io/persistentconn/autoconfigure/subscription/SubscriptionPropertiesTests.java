package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.SubscriptionProperties;
import io.persistentconn.autoconfigure.subscription.BookService.Book;
import io.persistentconn.autoconfigure.subscription.BookService.Change;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.durable.Overflow;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What each property of a subscription does; those of health are in
 * {@link SubscriptionHealthTests}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionPropertiesTests {

	private static final int MANY = 100;

	@Test
	void resubscribeDelayIsHowLongItWaitsAfterALoss() {
		Applications.runner(StuckReader.class)
			.withPropertyValues(Applications.BOOK + "resubscribe-delay=300ms")
			.run((context) -> {
				context.getBean(StuckReader.class).latch.countDown();
				NamedSubscription book = established(context);
				Applications.service(context).end();
				await().atMost(News.LONG).until(() -> book.status().phase() == Phase.RECOVERING);
				SubscriptionStatus lost = book.status();
				await().atMost(News.LONG).until(() -> book.status().phase() == Phase.ESTABLISHED);
				assertThat(Duration.between(lost.since(), book.status().since())).isGreaterThan(Duration.ofMillis(290));
			});
		Applications.runner(DurableSubscriptionTests.BookReader.class, DurableSubscriptionTests.ChangesReader.class)
			.withPropertyValues(Applications.LATE, Applications.BOOK + "resubscribeDelay=1h")
			.run((context) -> {
				Applications.connect(context);
				NamedSubscription book = established(context);
				NamedSubscription changes = context.getBean(Subscriptions.class).get("changes");
				for (int recovery = 1; recovery <= 3; recovery++) {
					await().atMost(News.LONG).until(() -> changes.status().phase() == Phase.ESTABLISHED);
					Applications.service(context).end();
					long expected = recovery;
					await().atMost(News.LONG).until(() -> changes.recoveries() == expected);
				}
				assertThat(book.status().phase()).isEqualTo(Phase.RECOVERING);
				assertThat(book.status().attempts()).isOne();
			});
	}

	@Test
	@Tag("R5")
	void overflowMayResubscribeAndIsLoggedOnce(CapturedOutput output) {
		overflowing("resubscribe").run((context) -> {
			NamedSubscription book = established(context);
			changeALot(context);
			await().atMost(News.LONG).until(() -> book.status().lost() == 1);
			context.getBean(StuckReader.class).latch.countDown();
			await().atMost(News.LONG).until(() -> book.status().established() == 2);
			context.getBean(StuckReader.class).news.awaitLast("Book[symbol=AAPL, total=" + MANY + "]");
			assertThat(context.getBean(StuckReader.class).news.told()).contains("lost").doesNotContain("Change[by=1]");
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("too slow"))).hasSize(1);
	}

	@Test
	@Tag("R5")
	void overflowMayPushBackSoThatNothingIsMissed() {
		overflowing("pushback").run((context) -> {
			NamedSubscription book = established(context);
			changeALot(context);
			context.getBean(StuckReader.class).latch.countDown();
			await().atMost(News.LONG)
				.until(() -> context.getBean(StuckReader.class).news.told()
					.stream()
					.filter("Change[by=1]"::equals)
					.count() == MANY);
			assertThat(book.status().lost()).isZero();
		});
	}

	@Test
	@Tag("R5")
	void overflowMayCloseTheSubscription() {
		overflowing("close").run((context) -> {
			NamedSubscription book = established(context);
			changeALot(context);
			await().atMost(News.LONG).until(() -> book.status().phase() == Phase.CLOSED);
			context.getBean(StuckReader.class).latch.countDown();
			context.getBean(StuckReader.class).news.awaitLast("Change[by=1]");
			context.getSourceApplicationContext().stop();
			assertThat(context.getBean(StuckReader.class).news.told()).hasSizeLessThan(MANY).doesNotContain("lost");
			context.getSourceApplicationContext().start();
			context.getBean(StuckReader.class).news.awaitLast("Book[symbol=AAPL, total=" + MANY + "]");
		});
	}

	@Test
	void theSizeOfTheBufferIsHowManyUpdatesMayWait() {
		overflowing("close").withPropertyValues(Applications.BOOK + "buffer.size=" + 2 * MANY).run((context) -> {
			NamedSubscription book = established(context);
			changeALot(context);
			context.getBean(StuckReader.class).latch.countDown();
			await().atMost(News.LONG)
				.until(() -> context.getBean(StuckReader.class).news.told()
					.stream()
					.filter("Change[by=1]"::equals)
					.count() == MANY);
			assertThat(book.status().phase()).isEqualTo(Phase.ESTABLISHED);
		});
	}

	@Test
	void aSubscriptionInheritsFromTheDefaultsWithAndWithoutAnEntry() {
		Applications.runner()
			.withPropertyValues("persistent-conn.defaults.subscription.buffer.size=7",
					Applications.BOOK + "buffer.overflow=close")
			.run((context) -> {
				PersistentConnProperties properties = context.getBean(PersistentConnProperties.class);
				assertThat(properties.subscription("book").buffer())
					.isEqualTo(new SubscriptionProperties.Buffer(7, Overflow.CLOSE));
				assertThat(properties.subscription("other").buffer())
					.isEqualTo(new SubscriptionProperties.Buffer(7, Overflow.RESUBSCRIBE));
				assertThat(properties.subscription("other").resubscribeDelay()).isEqualTo(Duration.ofMillis(20));
			});
	}

	@Test
	void streamsOfTheApplicationHaveThePropertiesOfTheirNameToo() {
		Applications.runner()
			.withPropertyValues("persistent-conn.subscriptions.mine.buffer.size=5",
					"persistent-conn.subscriptions.mine.buffer.overflow=close")
			.run((context) -> {
				Pipe<?> stream = SubscriptionsTests.subscribe(context, "mine");
				NamedSubscription mine = context.getBean(Subscriptions.class).get("mine");
				await().atMost(News.LONG).until(() -> mine.status().phase() == Phase.ESTABLISHED);
				changeALot(context);
				await().atMost(News.LONG).until(() -> mine.status().phase() == Phase.CLOSED);
				assertThat(stream.isClosed()).isTrue();
			});
	}

	private static ApplicationContextRunner overflowing(String how) {
		return Applications.runner(StuckReader.class)
			.withPropertyValues(Applications.BOOK + "buffer.size=5", Applications.BOOK + "buffer.overflow=" + how);
	}

	private static void changeALot(AssertableApplicationContext context) {
		BookService service = Applications.service(context);
		synchronized (service) { // Nobody subscribes meanwhile.
			for (int i = 0; i < MANY; i++) {
				service.change(1);
			}
		}
	}

	private static NamedSubscription book(AssertableApplicationContext context) {
		return context.getBean(Subscriptions.class).get("book");
	}

	private static NamedSubscription established(AssertableApplicationContext context) {
		NamedSubscription book = book(context);
		await().atMost(News.LONG).until(() -> book.status().phase() == Phase.ESTABLISHED);
		return book;
	}

	/** Takes the first update that comes after the latch is open. */
	static class StuckReader {

		final News news = new News();

		final CountDownLatch latch = new CountDownLatch(1);

		@DurableSubscription(connection = "quotes", rpc = "book", query = "${symbol}")
		void onBook(StateUpdate<Book, Change, String> update) throws InterruptedException {
			if (update instanceof StateUpdate.State) {
				this.latch.await(60, TimeUnit.SECONDS);
			}
			this.news.add(update);
		}

	}

}
