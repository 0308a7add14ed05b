package io.persistentconn.autoconfigure.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.subscription.BookService.Book;
import io.persistentconn.autoconfigure.subscription.BookService.Change;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.StateRpc;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * The registry, and streams that the application gets from it.
 */
class SubscriptionsTests {

	static final StateRpc<String, Book, Change, String> BOOK = StateRpc.of("book", 1, BinCodecs.STRING,
			BinCodecs.of(Book.class), BinCodecs.of(Change.class), BinCodecs.STRING);

	private static final PipeRpc<Unit, Change, String> CHANGES = PipeRpc.of("changes", 1, BinCodecs.UNIT,
			BinCodecs.of(Change.class), BinCodecs.STRING);

	/** A stream of the application's own, which is not read. */
	static Pipe<StateUpdate<Book, Change, String>> subscribe(ApplicationContext context, String name) {
		return context.getBean(Subscriptions.class).state(name, "quotes", BOOK, "AAPL");
	}

	@Test
	void anApplicationGetsStreamsThatRecover() {
		Applications.runner().withPropertyValues(Applications.LATE).run((context) -> {
			Subscriptions subscriptions = context.getBean(Subscriptions.class);
			Pipe<StateUpdate<Book, Change, String>> states = subscribe(context, "mine");
			Pipe<PipeUpdate<Change, String>> changes = subscriptions.pipe("changes", "quotes", CHANGES, Unit.UNIT);
			assertThat(subscriptions.all()).containsOnlyKeys("mine", "changes");
			assertThat(subscriptions.get("mine").rpc()).isEqualTo(BOOK.id());
			assertThat(subscriptions.get("mine").connection().name()).isEqualTo("quotes");
			Applications.connect(context);
			News ofStates = read(states);
			News ofChanges = read(changes);
			ofStates.awaitLast("Book[symbol=AAPL, total=0]");
			ofChanges.awaitLast("success");
			Applications.service(context).end();
			ofStates.await("attempting", "success", "Book[symbol=AAPL, total=0]", "lost", "attempting", "success",
					"Book[symbol=AAPL, total=0]");
			ofChanges.await("attempting", "success", "lost", "attempting", "success");
			assertThat(subscriptions.get("mine").recoveries()).isOne();
		});
	}

	@Test
	void aStreamOfTheApplicationOutlivesStopAndStart() {
		Applications.runner().run((context) -> {
			News news = read(subscribe(context, "mine"));
			news.awaitLast("Book[symbol=AAPL, total=0]");
			context.getSourceApplicationContext().stop();
			news.awaitLast("attempting");
			assertThat(news.told()).contains("lost");
			context.getSourceApplicationContext().start();
			news.awaitLast("Book[symbol=AAPL, total=0]");
		});
	}

	@Test
	void theEndOfTheContextEndsIt() {
		List<Pipe<?>> streams = new ArrayList<>();
		Applications.runner().run((context) -> streams.add(subscribe(context, "mine")));
		assertThat(streams).allMatch(Pipe::isClosed);
	}

	@Test
	void closingTheStreamFreesTheName() {
		Applications.runner().run((context) -> {
			Subscriptions subscriptions = context.getBean(Subscriptions.class);
			Pipe<?> first = subscribe(context, "mine");
			assertThatIllegalArgumentException().isThrownBy(() -> subscribe(context, "mine"))
				.withMessage("name: \"mine\", of NamedSubscription(mine, book v1 over quotes) "
						+ "(expected: one that no other subscription has)");
			NamedSubscription closed = subscriptions.get("mine");
			first.close();
			Pipe<?> second = subscribe(context, "mine");
			assertThat(closed.isClosed()).isTrue();
			await().atMost(News.LONG).until(() -> closed.status().phase() == Phase.CLOSED);
			assertThat(subscriptions.get("mine")).isNotSameAs(closed);
			second.close();
			await().atMost(News.LONG).until(() -> subscriptions.all().isEmpty());
		});
	}

	@Test
	void closeEndsAnAnnotatedOneForGood() {
		Applications.runner(DurableSubscriptionTests.BookReader.class).run((context) -> {
			Subscriptions subscriptions = context.getBean(Subscriptions.class);
			NamedSubscription book = subscriptions.get("book");
			context.getBean(DurableSubscriptionTests.BookReader.class).news.awaitLast("Book[symbol=AAPL, total=0]");
			book.close();
			await().atMost(News.LONG).until(() -> Applications.service(context).subscribers() == 0);
			await().atMost(News.LONG).until(() -> subscriptions.all().isEmpty());
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(book.isClosed()).isTrue();
			assertThat(book.status().phase()).isEqualTo(Phase.CLOSED);
			assertThat(book.status().established()).isOne();
			assertThatIllegalArgumentException().isThrownBy(() -> subscriptions.get("book"))
				.withMessage("name: \"book\" (expected: one of )");
		});
	}

	@Test
	void thereMustBeSuchAConnectionOfRpcs() {
		Applications.runner()
			.withPropertyValues("persistent-conn.connections.bytes.addresses=localhost:1")
			.run((context) -> {
				Subscriptions subscriptions = context.getBean(Subscriptions.class);
				assertThatIllegalArgumentException()
					.isThrownBy(() -> subscriptions.state("mine", "orders", BOOK, "AAPL"))
					.withMessage("name: \"orders\" (expected: one of bytes, quotes)");
				assertThatIllegalArgumentException()
					.isThrownBy(() -> subscriptions.state("mine", "bytes", BOOK, "AAPL"))
					.withMessageContaining("PersistentConnection<RpcConnection>");
				assertThat(subscriptions.all()).isEmpty();
			});
	}

	private static News read(Pipe<?> stream) {
		News news = new News();
		stream.forEach((update) -> {
			news.add(update);
			return CompletableFuture.completedFuture(null);
		});
		return news;
	}

}
