package io.persistentconn.autoconfigure.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.connection.ConnectionsLifecycle;
import io.persistentconn.autoconfigure.server.ServersLifecycle;
import io.persistentconn.autoconfigure.subscription.BookService.Book;
import io.persistentconn.autoconfigure.subscription.BookService.Change;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionsLifecycleTests {

	@Test
	@Tag("D5")
	void threeRoundsOfStopAndStartWithTheSameBean() {
		Applications.runner(DurableSubscriptionTests.BookReader.class).run((context) -> {
			NamedSubscription book = context.getBean(Subscriptions.class).get("book");
			News news = context.getBean(DurableSubscriptionTests.BookReader.class).news;
			for (int round = 0; round < 3; round++) {
				news.awaitLast("Book[symbol=AAPL, total=" + round + "]");
				assertThat(Applications.service(context).subscribers()).isOne();
				assertThat(book.status().phase()).isEqualTo(Phase.ESTABLISHED);
				Applications.service(context).change(1);
				news.awaitLast("Change[by=1]");
				context.getSourceApplicationContext().stop();
				int told = news.told().size();
				Applications.service(context).end();
				assertThat(news.told()).hasSize(told);
				context.getSourceApplicationContext().start();
			}
			news.awaitLast("Book[symbol=AAPL, total=3]");
			assertThat(context.getBean(Subscriptions.class).get("book")).isSameAs(book);
			assertThat(Applications.service(context).subscribers()).isOne();
		});
	}

	@Test
	void stoppingWaitsForTheMethodThatIsBeingCalled() {
		Applications.runner(SlowReader.class).run((context) -> {
			SlowReader reader = context.getBean(SlowReader.class);
			assertThat(reader.called.await(60, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Boolean> stopped = new CompletableFuture<>();
			context.getBean(SubscriptionsLifecycle.class).stop(() -> stopped.complete(reader.done));
			assertThat(stopped).isNotDone();
			reader.mayReturn.countDown();
			assertThat(stopped).succeedsWithin(News.LONG).isEqualTo(true);
		});
	}

	@Test
	void lazyBeansAreSubscribersAllTheSame() {
		Applications.runner(DurableSubscriptionTests.BookReader.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> context.getBean(DurableSubscriptionTests.BookReader.class).news
				.awaitLast("Book[symbol=AAPL, total=0]"));
	}

	@Test
	void theSubscribersOfAParentAreNotThoseOfItsChildren() {
		Applications.runner(DurableSubscriptionTests.BookReader.class).run((parent) -> {
			parent.getBean(DurableSubscriptionTests.BookReader.class).news.awaitLast("Book[symbol=AAPL, total=0]");
			Applications.child(parent).run((child) -> {
				assertThat(child).hasNotFailed();
				assertThat(child.getBean(Subscriptions.class)).isNotSameAs(parent.getBean(Subscriptions.class));
				assertThat(child.getBean(Subscriptions.class).all()).isEmpty();
			});
		});
	}

	@Test
	void subscriptionsStartBetweenConnectionsAndServersAndStopBetweenThem() {
		assertThat(SubscriptionsLifecycle.PHASE).isBetween(ConnectionsLifecycle.PHASE + 1, ServersLifecycle.PHASE - 1);
	}

	static class SlowReader {

		final CountDownLatch called = new CountDownLatch(1);

		final CountDownLatch mayReturn = new CountDownLatch(1);

		volatile boolean done;

		@DurableSubscription(connection = "quotes", rpc = "book", query = "AAPL")
		void onBook(StateUpdate<Book, Change, String> update) throws InterruptedException {
			this.called.countDown();
			this.mayReturn.await(60, TimeUnit.SECONDS);
			this.done = true;
		}

	}

}
