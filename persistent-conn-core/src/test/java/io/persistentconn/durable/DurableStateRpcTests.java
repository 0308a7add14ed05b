package io.persistentconn.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("D2")
@ExtendWith(Quiet.class)
class DurableStateRpcTests {

	private static final Duration DELAY = Duration.ofSeconds(5);

	private final World world = new World().withoutHeartbeats();

	private final PersistentConnection<RpcConnection> connection = this.world.connection();

	private Pipe<StateUpdate<Long, Long, String>> pipe;

	@Test
	void everySuccessIsFollowedByTheStateAndThenComeItsUpdates() {
		subscribe();
		assertThat(news()).containsExactly("attempting", "success 1", "state 1");
		this.world.change(7);
		this.world.change(8);
		assertThat(news()).containsExactly("update 7", "update 8");
		assertThat(this.world.subscriptions()).isOne();
	}

	@Test
	void theSuccessSaysOverWhichConnection() {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a", DELAY);
		this.world.run();
		this.pipe.tryRead();
		StateUpdate<Long, Long, String> success = this.pipe.tryRead().orElseThrow();
		assertThat(success).isEqualTo(new StateUpdate.ConnectionSuccess<>(
				new SubscriptionMetadata(this.connection.currentConnection().orElseThrow(), 1)));
	}

	@Test
	void aLostConnectionIsToldOfAndSubscribedToAgainAfterTheDelay() {
		subscribe();
		news();
		this.world.cut();
		assertThat(news()).containsExactly("lost");
		this.world.change(7);
		this.world.time.advanceBy(DELAY.minusNanos(1));
		assertThat(news()).isEmpty();
		this.world.time.advanceBy(Duration.ofNanos(1));
		assertThat(news()).containsExactly("attempting", "success 2", "state " + World.apply(1, 7));
		assertThat(this.world.subscriptions()).isOne();
	}

	@Test
	void aStreamThatTheServerEndsIsSubscribedToAgain() {
		subscribe();
		news();
		this.world.endStreams();
		assertThat(news()).containsExactly("lost");
		this.world.time.advanceBy(DELAY);
		assertThat(news()).containsExactly("attempting", "success 2", "state 1");
		assertThat(this.world.transports).hasSize(1);
	}

	@Test
	void aFailedAttemptIsToldOfAndRepeatedForEver() {
		this.world.up = false;
		subscribe();
		assertThat(news()).containsExactly("attempting", "failed: refused");
		for (int i = 0; i < 100; i++) {
			this.world.time.advanceBy(DELAY.minusNanos(1));
			assertThat(news()).isEmpty();
			this.world.time.advanceBy(Duration.ofNanos(1));
			assertThat(news()).containsExactly("attempting", "failed: refused");
		}
		this.world.comeUp();
		this.world.time.advanceBy(DELAY);
		assertThat(news()).containsExactly("attempting", "success 1", "state 1");
	}

	@Test
	void aRejectionIsToldInTheRpcsOwnWordsAndTriedAgain() {
		this.world.decision = (name, writer) -> CompletableFuture.completedFuture(Outcome.rejected("not you, " + name));
		subscribe();
		assertThat(news()).containsExactly("attempting", "rejected: not you, a");
		this.world.decision = this.world::accept;
		this.world.time.advanceBy(DELAY.minusNanos(1));
		assertThat(news()).isEmpty();
		this.world.time.advanceBy(Duration.ofNanos(1));
		assertThat(news()).containsExactly("attempting", "success 1", "state 1");
	}

	@Test
	void aProtocolErrorIsAFailureToConnectAndNoRpcError() {
		StateRpc<String, Long, Long, String> unknown = StateRpc.of("unknown", 1, BinCodecs.STRING, BinCodecs.INT64,
				BinCodecs.INT64, BinCodecs.STRING);
		assertThat(failureOf(unknown)).isInstanceOf(RpcError.UnimplementedRpc.class);
		StateRpc<String, String, Long, String> wrong = StateRpc.of("book", 1, BinCodecs.STRING, BinCodecs.STRING,
				BinCodecs.INT64, BinCodecs.STRING);
		assertThat(failureOf(wrong)).isInstanceOf(RpcError.BinIo.class);
		this.world.decision = (name, writer) -> {
			throw new IllegalStateException("expected by the test");
		};
		assertThat(failureOf(World.BOOK)).isInstanceOf(RpcError.UncaughtException.class);
		assertThat(this.world.subscriptions()).isZero();
	}

	@Test
	void anUpdateThatDoesNotDecodeLosesTheSubscription() {
		StateRpc<String, Long, Boolean, String> wrong = StateRpc.of("book", 1, BinCodecs.STRING, BinCodecs.INT64,
				BinCodecs.BOOL, BinCodecs.STRING);
		Pipe<StateUpdate<Long, Boolean, String>> wrongPipe = DurableStateRpc.create(Durable.of(this.connection), wrong,
				"a", DELAY);
		this.world.run();
		this.world.change(77);
		this.world.run();
		assertThat(News.of(wrongPipe)).containsExactly("attempting", "success 1", "state 1", "lost");
		assertThat(this.world.subscriptions()).isZero();
		this.world.time.advanceBy(DELAY);
		assertThat(News.of(wrongPipe)).containsExactly("attempting", "success 2", "state " + this.world.state());
		assertThat(this.world.subscriptions()).isOne();
	}

	@Test
	void aReaderThatCutsTheConnectionOnSuccessStillGetsTheStateFirst() {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a", DELAY);
		List<String> heard = new ArrayList<>();
		this.pipe.forEach((news) -> {
			heard.add(News.word(news));
			if (news instanceof StateUpdate.ConnectionSuccess) {
				this.connection.currentConnection().ifPresent(RpcConnection::closeAsync);
			}
			return CompletableFuture.completedFuture(null);
		});
		this.world.run();
		assertThat(heard).containsExactly("attempting", "success 1", "state 1", "lost");
	}

	@Test
	void updatesBeforeTheStateWaitForIt() {
		this.world.decision = (name, writer) -> {
			writer.write(5L);
			return this.world.accept(name, writer);
		};
		subscribe();
		assertThat(news()).containsExactly("attempting", "success 1", "state 1", "update 5");
	}

	@Test
	void aStreamThatEndsAtOnceIsASuccessAndALoss() {
		this.world.decision = (name, writer) -> {
			writer.write(5L);
			writer.close();
			return this.world.accept(name, writer);
		};
		subscribe();
		assertThat(news()).containsExactly("attempting", "success 1", "state 1", "update 5", "lost");
		assertThat(this.world.subscriptions()).isZero();
	}

	@Test
	void aClosedPersistentConnectionIsAFailureEachTime() {
		this.connection.closeAsync();
		subscribe();
		assertThat(news()).containsExactly("attempting", "failed: books: the persistent connection is closed");
		this.world.time.advanceBy(DELAY);
		assertThat(news()).containsExactly("attempting", "failed: books: the persistent connection is closed");
	}

	@Test
	void theDelayMustBePositive() {
		for (Duration delay : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(366))) {
			assertThatIllegalArgumentException().isThrownBy(() -> SubscriptionOptions.resubscribeAfter(delay))
				.withMessage("resubscribeDelay: " + delay + " (expected: more than zero, at most PT8760H)");
		}
		assertThat(SubscriptionOptions.resubscribeAfter(Duration.ofNanos(1))).isNotNull();
		assertThat(SubscriptionOptions.resubscribeAfter(Duration.ofDays(365))).isNotNull();
	}

	private RpcError failureOf(StateRpc<String, ?, ?, String> rpc) {
		Pipe<? extends StateUpdate<?, ?, String>> failing = DurableStateRpc.create(Durable.of(this.connection), rpc,
				"a", DELAY);
		this.world.run();
		failing.tryRead();
		StateUpdate<?, ?, String> failure = failing.tryRead().orElseThrow();
		failing.close();
		this.world.run();
		Throwable error = ((StateUpdate.FailedToConnect<?, ?, String>) failure).error();
		return ((RpcException) error).error();
	}

	private void subscribe() {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a", DELAY);
	}

	private List<String> news() {
		this.world.run();
		return News.of(this.pipe);
	}

}
