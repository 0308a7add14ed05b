package io.persistentconn.durable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Closing the stream ends the subscription for good, whatever it is doing, and leaves
 * nothing.
 */
@Tag("D2")
@Tag("D5")
@ExtendWith(Quiet.class)
class ClosingTests {

	private static final Duration DELAY = Duration.ofSeconds(5);

	private final World world = new World().withoutHeartbeats();

	private final CompletableFuture<Void> connectAllowed = new CompletableFuture<>();

	/** How often the server was asked. */
	private int queries;

	private final CompletableFuture<Void> answerAllowed = new CompletableFuture<>();

	private final PersistentConnection<RpcConnection> connection = this.world
		.connection((context, server) -> this.connectAllowed.thenCompose((allowed) -> this.world.connect(context)));

	private Pipe<StateUpdate<Long, Long, String>> pipe;

	ClosingTests() {
		this.world.decision = (name, writer) -> {
			this.queries++;
			return this.answerAllowed.thenCompose((allowed) -> this.world.accept(name, writer));
		};
		this.world.run();
	}

	@Test
	void beforeItBegan() {
		allowAll();
		subscribe();
		close();
		expectNothing(0);
	}

	@Test
	void whileItConnects() {
		subscribe();
		this.world.run();
		close();
		allowAll();
		expectNothing(0);
	}

	@Test
	void whileTheQueryIsUnderWay() {
		this.world.onConnect = (pair) -> pair.first().delay(Duration.ofSeconds(1));
		allowAll();
		this.world.advance(10);
		subscribe();
		this.world.run();
		assertThat(this.queries).isZero();
		close();
		expectNothing(1);
	}

	@Test
	void whileItWaitsForTheAnswer() {
		this.connectAllowed.complete(null);
		this.world.run();
		subscribe();
		this.world.run();
		assertThat(this.queries).isOne();
		close();
		this.world.run();
		this.answerAllowed.complete(null);
		expectNothing(1);
	}

	@Test
	void whileTheAnswerIsUnderWay() {
		this.world.onConnect = (pair) -> pair.second().delay(Duration.ofSeconds(1));
		this.connectAllowed.complete(null);
		this.world.advance(10);
		subscribe();
		this.answerAllowed.complete(null);
		this.world.run();
		assertThat(this.world.subscriptions()).isOne();
		assertThat(this.pipe.size()).as("only the attempt").isOne();
		close();
		expectNothing(1);
	}

	@Test
	void whileItIsOpen() {
		allowAll();
		subscribe();
		this.world.run();
		assertThat(this.world.subscriptions()).isOne();
		close();
		this.world.change(1);
		expectNothing(1);
	}

	@Test
	void whileItWaitsToTryAgain() {
		allowAll();
		subscribe();
		this.world.run();
		this.world.endStreams();
		this.world.run();
		assertThat(this.world.time.pendingAlarms()).isOne();
		close();
		this.world.run();
		assertThat(this.world.time.pendingAlarms()).isZero();
		expectNothing(1);
	}

	@Test
	void whileItWaitsToTryAgainAfterARejection() {
		this.world.decision = (name, writer) -> {
			this.queries++;
			return CompletableFuture.completedFuture(Outcome.rejected("no"));
		};
		allowAll();
		subscribe();
		this.world.run();
		assertThat(this.world.time.pendingAlarms()).isOne();
		close();
		this.world.run();
		assertThat(this.world.time.pendingAlarms()).isZero();
		expectNothing(1);
	}

	@Test
	void whileItWaitsForTheReader() {
		allowAll();
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
				SubscriptionOptions.resubscribeAfter(DELAY).withBuffer(1, Overflow.PUSHBACK));
		this.world.run();
		this.world.change(1);
		this.world.endStreams();
		this.world.advance(60);
		assertThat(this.queries).as("no attempt while the buffer is full").isOne();
		assertThat(this.world.time.pendingAlarms()).isZero();
		close();
		expectNothing(1);
	}

	@Test
	void byTheReaderWhileItIsToldOfTheSuccess() {
		allowAll();
		subscribe();
		this.pipe.forEach((news) -> {
			if (news instanceof StateUpdate.ConnectionSuccess) {
				this.pipe.close();
			}
			return CompletableFuture.completedFuture(null);
		});
		expectNothing(1);
	}

	@Test
	void byTheReaderWhileItIsToldOfAnAttempt() {
		allowAll();
		subscribe();
		this.pipe.forEach((news) -> {
			this.pipe.close();
			return CompletableFuture.completedFuture(null);
		});
		expectNothing(1);
	}

	@Test
	void oneOfTwoSubscriptionsLeavesTheOther() {
		allowAll();
		subscribe();
		Subscriber other = new Subscriber(this.world.history, "other",
				DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "other", DELAY))
			.read();
		this.world.run();
		assertThat(this.world.subscriptions()).isEqualTo(2);
		this.pipe.close();
		this.world.change(5);
		this.world.run();
		assertThat(this.world.subscriptions()).isOne();
		other.close();
		expectNothing(2);
	}

	private void allowAll() {
		this.connectAllowed.complete(null);
		this.answerAllowed.complete(null);
		this.world.run();
	}

	private void subscribe() {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a", DELAY);
	}

	private void close() {
		this.pipe.close();
		this.pipe.close();
	}

	/** Nothing happens any more, and the server was asked so many times. */
	private void expectNothing(int asked) {
		this.world.advance(30);
		assertThat(this.world.subscriptions()).isZero();
		assertThat(this.world.time.pendingAlarms()).isZero();
		this.world.endStreams();
		this.world.advance(3600);
		assertThat(this.queries).isEqualTo(asked);
		assertThat(this.pipe.isClosed()).isTrue();
		assertThat(this.pipe.size()).isZero();
	}

}
