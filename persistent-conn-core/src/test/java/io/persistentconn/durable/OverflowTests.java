package io.persistentconn.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.SlowConsumerException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Readers that do not keep up.
 */
@Tag("R5")
@ExtendWith(Quiet.class)
class OverflowTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final World world = new World().withoutHeartbeats()
		.serving(List.of(ECHO.implementNow((context, text) -> text)));

	private final PersistentConnection<RpcConnection> connection = this.world.connection();

	private Pipe<StateUpdate<Long, Long, String>> pipe;

	@Test
	void resubscribingDropsWhatWasBufferedAndBringsANewState() {
		subscribe(3, Overflow.RESUBSCRIBE);
		assertThat(News.of(this.pipe)).containsExactly("attempting", "success 1", "state 1");
		change(6);
		assertThat(this.pipe.size()).isEqualTo(6);
		assertThat(this.pipe.tryRead().map(News::word)).contains("update 1");
		change(1);
		assertThat(this.pipe.size()).isEqualTo(6);
		change(1);
		assertThat(News.of(this.pipe)).containsExactly("lost");
		assertThat(this.world.subscriptions()).isZero();
		this.world.advance(1);
		assertThat(News.of(this.pipe)).containsExactly("attempting", "success 2", "state " + this.world.state());
		assertThat(this.world.subscriptions()).isOne();
	}

	@Test
	@Tag("D2")
	void aReaderInTheMiddleOfASubscriptionGetsTheRestOfItButForUpdates() {
		subscribe(3, Overflow.RESUBSCRIBE);
		assertThat(this.pipe.tryRead().map(News::word)).contains("attempting");
		change(10);
		assertThat(this.pipe.tryRead().map(News::word)).contains("success 1");
		this.world.advance(1);
		change(10);
		this.world.advance(1);
		assertThat(News.of(this.pipe)).startsWith("state 1", "lost", "attempting", "success 3",
				"state " + this.world.state());
	}

	@Test
	@Tag("D5")
	void aReaderThatStopsForADayCostsBoundedMemoryAndEndsInTheServersState() {
		Subscriber subscriber = new Subscriber(this.world.history, "a",
				DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
						SubscriptionOptions.resubscribeAfter(World.RETRY).withBuffer(8, Overflow.RESUBSCRIBE)));
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		subscriber.pace = () -> stopped;
		subscriber.read();
		int most = 0;
		for (int i = 0; i < 10_000; i++) {
			change(3);
			if (i % 100 == 0) {
				this.world.cut();
			}
			this.world.advance(8);
			most = Math.max(most, subscriber.pipe.size());
		}
		assertThat(most).isBetween(8, 11);
		subscriber.pace = () -> CompletableFuture.completedFuture(null);
		stopped.complete(null);
		this.world.advance(10);
		this.world.expectNoViolation("");
		assertThat(this.world.subscriptions()).isOne();
	}

	@Test
	void noAttemptIsMadeWhileTheBufferIsFull() {
		this.world.up = false;
		subscribe(4, Overflow.RESUBSCRIBE);
		this.world.advance(1000);
		assertThat(this.pipe.size()).isEqualTo(8);
		this.world.comeUp();
		this.world.advance(1000);
		assertThat(this.world.subscriptions()).isZero();
		assertThat(this.pipe.tryRead().map(News::word)).contains("attempting");
		this.world.run();
		assertThat(this.world.subscriptions()).isZero();
		this.pipe.tryRead();
		this.world.run();
		assertThat(this.world.subscriptions()).isOne();
		assertThat(News.of(this.pipe)).endsWith("failed: refused", "attempting", "success 1", "state 1");
	}

	@Test
	void closingEndsTheStreamAfterWhatIsBuffered() {
		subscribe(2, Overflow.CLOSE);
		change(5);
		assertThat(this.world.subscriptions()).isZero();
		List<String> heard = new ArrayList<>();
		CompletableFuture<Void> end = this.pipe.forEach((news) -> {
			heard.add(News.word(news));
			return CompletableFuture.completedFuture(null);
		});
		assertThat(heard).containsExactly("attempting", "success 1", "state 1", "update 1", "update 2");
		assertThat(end).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(SlowConsumerException.class)
			.withMessage("The reader of StateRpc(book v1) is too slow: more than 2 updates are buffered "
					+ "(expected: at most that many)");
		this.world.advance(1000);
		assertThat(this.world.subscriptions()).isZero();
		this.world.expectNothingRemains("");
	}

	@Test
	void pushingBackMissesNothingAndStopsTheWholeConnection() {
		subscribe(2, Overflow.PUSHBACK);
		change(20);
		int buffered = this.pipe.size();
		assertThat(buffered).isLessThan(7);
		CompletableFuture<String> echo = ECHO.dispatch(this.connection.currentConnection().orElseThrow(), "behind");
		this.world.run();
		assertThat(echo).isNotDone();
		List<String> heard = new ArrayList<>();
		this.pipe.forEach((news) -> {
			heard.add(News.word(news));
			return CompletableFuture.completedFuture(null);
		});
		this.world.run();
		assertThat(echo).isCompletedWithValue("behind");
		assertThat(heard).hasSize(23).endsWith("update 20").doesNotContain("lost");
	}

	@Test
	void closingTheStreamThatPushesBackLetsTheConnectionGoOn() {
		subscribe(1, Overflow.PUSHBACK);
		change(20);
		CompletableFuture<String> echo = ECHO.dispatch(this.connection.currentConnection().orElseThrow(), "behind");
		this.pipe.close();
		this.world.run();
		assertThat(echo).isCompletedWithValue("behind");
		assertThat(this.world.subscriptions()).isZero();
	}

	@Test
	void theSizeMustBeInItsRange() {
		SubscriptionOptions options = SubscriptionOptions.resubscribeAfter(World.RETRY);
		for (int size : new int[] { -1, 0, (1 << 30) + 1 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> options.withBuffer(size, Overflow.CLOSE))
				.withMessage("size: " + size + " (expected: 1 to 1073741824)");
		}
		assertThat(options.withBuffer(1 << 30, Overflow.CLOSE).bufferSize()).isEqualTo(1 << 30);
		assertThat(options.bufferSize()).isEqualTo(1024);
		assertThat(options.overflow()).isEqualTo(Overflow.RESUBSCRIBE);
	}

	private void subscribe(int size, Overflow overflow) {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
				SubscriptionOptions.resubscribeAfter(World.RETRY).withBuffer(size, overflow));
		this.world.run();
	}

	private void change(int times) {
		for (int i = 1; i <= times; i++) {
			this.world.change(i);
		}
		this.world.run();
	}

}
