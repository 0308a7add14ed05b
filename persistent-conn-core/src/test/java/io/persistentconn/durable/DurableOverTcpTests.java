package io.persistentconn.durable;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.ConnectFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Over a real socket, whose server comes and goes.
 */
@ExtendWith(Quiet.class)
class DurableOverTcpTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final TcpBook book = new TcpBook();

	private final PersistentConnection<RpcConnection> connection = this.book.connection();

	@AfterEach
	void close() {
		this.book.close();
	}

	@Test
	@Tag("D1")
	void usesShareAConnectionUntilOneFindsItBroken() {
		Durable<RpcConnection> durable = Durable.of(this.connection);
		List<CompletableFuture<RpcConnection>> uses = IntStream.range(0, 10).mapToObj((i) -> use(durable)).toList();
		RpcConnection first = TcpBook.get(uses.get(0));
		assertThat(uses).allSatisfy((use) -> assertThat(TcpBook.get(use)).isSameAs(first));
		assertThat(this.book.clients()).isOne();
		assertThat(durable.isIntact()).isTrue();
		this.book.stop();
		await().atMost(PATIENCE).until(() -> !durable.isIntact());
		assertThat(use(durable)).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(ConnectException.class);
		this.book.start();
		await().atMost(PATIENCE).until(() -> use(durable).handle((again, failure) -> failure == null).join());
		assertThat(TcpBook.get(use(durable))).isNotSameAs(first);
		assertThat(this.book.clients()).isOne();
	}

	@Test
	@Tag("D3")
	void aFirstAttemptThatSucceedsGivesAStreamThatRecovers() {
		Follower follower = Follower.of(TcpBook.get(createOrFail()).orElseThrow());
		awaitStateOf(follower);
		this.book.stop();
		this.book.change(1);
		this.book.start();
		awaitStateOf(follower);
		assertThat(follower.told()).containsExactly("ConnectionSuccess", "State", "LostConnection", "ConnectionSuccess",
				"State");
	}

	@Test
	@Tag("D3")
	void aFirstAttemptThatFailsIsReportedAndNotRepeated() {
		TcpBook.get(this.connection.connected());
		this.book.stop();
		await().atMost(PATIENCE).until(() -> this.connection.currentConnection().isEmpty());
		assertThat(createOrFail()).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ConnectFailedException.class);
		this.book.start();
		expectNoOtherThan(follow(this.connection));
	}

	@Test
	@Tag("D3")
	void aRejectionIsReportedAndNotRepeated() {
		this.book.rejecting = true;
		assertThat(TcpBook.get(createOrFail())).isEqualTo(Outcome.rejected("no"));
		this.book.rejecting = false;
		expectNoOtherThan(follow(this.connection));
	}

	@Test
	@Tag("D5")
	void theServerHoldsOneSubscriptionForEachSubscriberAfterManyRestarts() {
		List<Follower> followers = Stream
			.concat(IntStream.range(0, 10).mapToObj((i) -> follow(this.connection)),
					IntStream.range(0, 10).mapToObj((i) -> follow(this.book.connection())))
			.toList();
		for (int restart = 0; restart < 5; restart++) {
			this.book.change(restart);
			followers.forEach(this::awaitStateOf);
			assertThat(this.book.subscriptions()).isEqualTo(20);
			this.book.stop();
			await().atMost(PATIENCE).until(() -> this.book.subscriptions() == 0);
			this.book.change(restart);
			this.book.start();
		}
		followers.forEach(this::awaitStateOf);
		assertThat(this.book.subscriptions()).isEqualTo(20);
		followers.forEach((follower) -> follower.pipe.close());
		await().atMost(PATIENCE).until(() -> this.book.subscriptions() == 0);
	}

	private static CompletableFuture<RpcConnection> use(Durable<RpcConnection> durable) {
		return durable.with(CompletableFuture::completedFuture);
	}

	private CompletableFuture<Outcome<Pipe<StateUpdate<Long, byte[], String>>, String>> createOrFail() {
		return DurableStateRpc.createOrFail(Durable.of(this.connection), TcpBook.RPC, "a", TcpBook.RETRY);
	}

	private Follower follow(PersistentConnection<RpcConnection> connection) {
		return Follower.of(DurableStateRpc.create(Durable.of(connection), TcpBook.RPC, "b", TcpBook.RETRY));
	}

	/** Some restarts later there is this one, and no other. */
	private void expectNoOtherThan(Follower follower) {
		for (int i = 0; i < 3; i++) {
			this.book.change(i);
			awaitStateOf(follower);
			this.book.stop();
			this.book.start();
		}
		awaitStateOf(follower);
		assertThat(this.book.subscriptions()).isOne();
	}

	private void awaitStateOf(Follower follower) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(follower.state()).isEqualTo(this.book.state()));
	}

}
