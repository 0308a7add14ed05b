package io.persistentconn.autoconfigure.subscription;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.subscription.BookService.Book;
import io.persistentconn.autoconfigure.subscription.BookService.Change;
import io.persistentconn.autoconfigure.subscription.BookService.Position;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.durable.StateUpdate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Annotated methods, over TCP.
 */
@Tag("D2")
@ExtendWith(OutputCaptureExtension.class)
class DurableSubscriptionTests {

	@Test
	void aMethodIsToldOfLossAndRecoveryInOrder(CapturedOutput output) {
		((Logger) LoggerFactory.getLogger(SubscriptionLog.class)).setLevel(Level.INFO);
		Applications.runner(BookReader.class).withPropertyValues(Applications.LATE).run((context) -> {
			Applications.connect(context);
			News news = context.getBean(BookReader.class).news;
			news.await("attempting", "success", "Book[symbol=AAPL, total=0]");
			BookService service = Applications.service(context);
			service.change(1);
			service.change(2);
			news.awaitLast("Change[by=2]");
			Applications.stopServer(context);
			news.awaitLast("failed");
			service.change(4);
			Applications.startServer(context);
			news.awaitLast("Book[symbol=AAPL, total=7]");
			service.change(8);
			news.await("attempting", "success", "Book[symbol=AAPL, total=0]", "Change[by=1]", "Change[by=2]", "lost",
					"attempting", "success", "Book[symbol=AAPL, total=7]", "Change[by=8]");
			assertThat(service.subscribers()).isOne();
			assertThat(service.queries()).containsOnly("AAPL");
			assertThat(output.getAll().lines().filter((line) -> line.contains("Subscription book: "))).satisfiesExactly(
					(line) -> assertThat(line).contains("INFO", "subscribed to book v1 over quotes"),
					(line) -> assertThat(line).contains("WARN", "lost after "),
					(line) -> assertThat(line).contains("INFO", "recovered after ", " failed attempt(s)"));
			assertThat(output.getAll()).doesNotContain("\tat ");
		});
	}

	@Test
	void aServerThatIsNotThereYetStopsNoStartAndIsLoggedOnce(CapturedOutput output) {
		Contexts
			.runner("persistent-conn.connections.quotes.protocol=rpc",
					"persistent-conn.connections.quotes.addresses=" + Listener.nobody(),
					"persistent-conn.connections.quotes.retry-delay=5ms", "symbol=AAPL",
					"persistent-conn.subscriptions.book.resubscribe-delay=5ms")
			.withUserConfiguration(BookReader.class)
			.run((context) -> {
				NamedSubscription book = context.getBean(Subscriptions.class).get("book");
				await().atMost(News.LONG).until(() -> book.status().failuresInARow() > 3);
				context.getBean(BookReader.class).news.awaitLast("failed");
				assertThat(output.getAll().lines().filter((line) -> line.contains("Subscription book: ")))
					.singleElement()
					.asString()
					.contains("WARN", "cannot subscribe to book v1 over quotes yet: ");
			});
	}

	@Test
	void aStreamThatTheServerEndsIsRecoveredOverTheSameConnection() {
		Applications.runner(BookReader.class).run((context) -> {
			News news = context.getBean(BookReader.class).news;
			news.awaitLast("Book[symbol=AAPL, total=0]");
			Applications.service(context).end();
			news.await("attempting", "success", "Book[symbol=AAPL, total=0]", "lost", "attempting", "success",
					"Book[symbol=AAPL, total=0]");
		});
	}

	@Test
	void aRejectionIsToldAndTriedAgain() {
		Applications.runner(BookReader.class).run((context) -> {
			News news = context.getBean(BookReader.class).news;
			BookService service = Applications.service(context);
			news.awaitLast("Book[symbol=AAPL, total=0]");
			service.reject(true);
			service.end();
			news.awaitLast("rejected: no more of AAPL");
			service.reject(false);
			news.awaitLast("Book[symbol=AAPL, total=0]");
		});
	}

	@Test
	@Tag("D4")
	void aPipeHasNoState() {
		Applications.runner(ChangesReader.class).run((context) -> {
			News news = context.getBean(ChangesReader.class).news;
			news.await("attempting", "success");
			Applications.service(context).change(1);
			news.awaitLast("Change[by=1]");
			Applications.stopServer(context);
			Applications.startServer(context);
			news.awaitLast("success");
			Applications.service(context).change(2);
			news.await("attempting", "success", "Change[by=1]", "lost", "attempting", "success", "Change[by=2]");
			assertThat(Applications.service(context).queries()).containsOnly("unit");
		});
	}

	@Test
	void aBeanMayGiveTheQuery() {
		Applications.runner(PositionReader.class).run((context) -> {
			PositionReader reader = context.getBean(PositionReader.class);
			reader.supplied.awaitLast("success");
			reader.constant.awaitLast("success");
			assertThat(Applications.service(context).queries())
				.containsExactlyInAnyOrder("Position[symbol=IBM, number=0]", "Position[symbol=MSFT, number=9]");
			reader.number.set(5);
			Applications.service(context).queries().clear();
			Applications.service(context).end();
			reader.supplied.await("attempting", "success", "lost", "attempting", "success");
			reader.constant.await("attempting", "success", "lost", "attempting", "success");
			assertThat(Applications.service(context).queries())
				.containsExactlyInAnyOrder("Position[symbol=IBM, number=5]", "Position[symbol=MSFT, number=9]");
		});
	}

	@Test
	void aServiceMayBeItsOwnSubscriber() {
		Applications.runner(Ticks.class).run((context) -> {
			News news = context.getBean(Ticks.class).news;
			news.awaitLast("3");
			Applications.stopServer(context);
			news.awaitLast("failed");
			Applications.startServer(context);
			news.await("attempting", "success", "1", "2", "3", "lost", "attempting", "success", "1", "2", "3");
		});
	}

	@Test
	void aMethodMaySubscribeOverSeveralConnectionsAndIsToldWhichOne() {
		Applications.runner(ManyBooksReader.class)
			.withPropertyValues("persistent-conn.defaults.server.port=0", "persistent-conn.servers.more.protocol=rpc",
					"persistent-conn.servers.third.protocol=rpc",
					"persistent-conn.defaults.connection.retry-delay=20ms",
					"persistent-conn.connections.more.protocol=rpc", "persistent-conn.connections.third.protocol=rpc",
					"hosts=more, third")
			.run((context) -> {
				ManyBooksReader reader = context.getBean(ManyBooksReader.class);
				assertThat(context.getBean(Subscriptions.class).all()).containsOnlyKeys("book of quotes",
						"book of more", "book of third");
				for (String connection : List.of("quotes", "more", "third")) {
					await().atMost(News.LONG).until(() -> reader.news.containsKey(connection));
					reader.news.get(connection).awaitLast("Book[symbol=AAPL, total=0]");
				}
				assertThat(Applications.service(context).subscribers()).isEqualTo(3);
			});
	}

	/** As in the README. */
	@RpcService
	static class Ticks {

		final News news = new News();

		@RpcMapping(name = "ticks")
		Stream<Long> count() {
			CountDownLatch never = new CountDownLatch(1);
			return Stream.iterate(1L, (tick) -> tick + 1).peek((tick) -> {
				try {
					never.await((tick > 3) ? 60_000 : 1, TimeUnit.MILLISECONDS);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

		@DurableSubscription(connection = "quotes", rpc = "ticks")
		void onTick(PipeUpdate<Long, String> update) {
			this.news.add(update);
		}

	}

	static class BookReader {

		final News news = new News();

		@DurableSubscription(connection = "quotes", rpc = "book", query = "${symbol}")
		void onBook(StateUpdate<Book, Change, String> update) {
			this.news.add(update);
		}

	}

	static class ManyBooksReader {

		final Map<String, News> news = new ConcurrentHashMap<>();

		@DurableSubscription(connection = { "quotes", "${hosts}" }, rpc = "book", query = "${symbol}",
				name = "book of {connection}")
		void onBook(StateUpdate<Book, Change, String> update, NamedSubscription subscription) {
			this.news.computeIfAbsent(subscription.connection().name(), (name) -> new News()).add(update);
		}

	}

	static class ChangesReader {

		final News news = new News();

		@DurableSubscription(connection = "quotes", rpc = "changes")
		CompletionStage<Void> onChange(PipeUpdate<Change, String> update) {
			this.news.add(update);
			return CompletableFuture.completedStage(null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PositionReader {

		final AtomicLong number = new AtomicLong();

		final News supplied = new News();

		final News constant = new News();

		@Bean
		Supplier<Position> position() {
			return () -> new Position("IBM", this.number.get());
		}

		@Bean
		Position fixed() {
			return new Position("MSFT", 9);
		}

		@DurableSubscription(connection = "quotes", rpc = "since", version = 2, queryBean = "position",
				name = "supplied")
		Mono<Void> onSupplied(PipeUpdate<Change, String> update) {
			return Mono.fromRunnable(() -> this.supplied.add(update));
		}

		@DurableSubscription(connection = "quotes", rpc = "since", version = 2, queryBean = "fixed", name = "constant")
		void onConstant(PipeUpdate<Change, String> update) {
			this.constant.add(update);
		}

	}

}
