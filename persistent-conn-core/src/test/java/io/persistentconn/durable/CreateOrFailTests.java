package io.persistentconn.durable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D3")
@ExtendWith(Quiet.class)
class CreateOrFailTests {

	private static final Duration DELAY = Duration.ofSeconds(5);

	private final World world = new World().withoutHeartbeats();

	private final PersistentConnection<RpcConnection> connection = this.world.connection();

	@Test
	void aFirstAttemptThatSucceedsGivesAStreamThatGoesOn() {
		Pipe<StateUpdate<Long, Long, String>> pipe = create().join().orElseThrow();
		assertThat(News.of(pipe)).containsExactly("attempting", "success 1", "state 1");
		this.world.change(7);
		this.world.endStreams();
		this.world.time.advanceBy(DELAY);
		assertThat(News.of(pipe)).containsExactly("update 7", "lost", "attempting", "success 2",
				"state " + this.world.state());
		this.world.up = false;
		this.world.cut();
		this.world.time.advanceBy(DELAY);
		assertThat(News.of(pipe)).containsExactly("lost", "attempting", "failed: refused");
		pipe.close();
		expectNothing();
	}

	@Test
	void aFirstAttemptThatFailsIsReportedAndNotRepeated() {
		this.world.up = false;
		CompletableFuture<?> created = create();
		assertThat(failureOf(created)).hasMessage("refused");
		this.world.comeUp();
		expectNothing();
	}

	@Test
	void aServerThatFailsIsReportedAndNotAskedAgain() {
		this.world.decision = (name, writer) -> {
			throw new IllegalStateException("expected by the test");
		};
		CompletableFuture<?> created = create();
		assertThat(failureOf(created)).isInstanceOf(RpcException.class).hasMessageContaining("expected by the test");
		this.world.decision = this.world::accept;
		expectNothing();
	}

	@Test
	void aRejectionIsReportedAndNotRepeated() {
		this.world.decision = (name, writer) -> CompletableFuture.completedFuture(Outcome.rejected("no"));
		assertThat(create()).isCompletedWithValue(Outcome.rejected("no"));
		this.world.decision = this.world::accept;
		expectNothing();
	}

	@Test
	void cancellingItEndsTheSubscription() {
		CompletableFuture<Outcome<Long, String>> answer = new CompletableFuture<>();
		this.world.decision = (name, writer) -> answer.thenCompose((accepted) -> this.world.accept(name, writer));
		CompletableFuture<?> created = create();
		created.cancel(false);
		this.world.run();
		answer.complete(null);
		expectNothing();
	}

	@Test
	void cancellingItTogetherWithTheAnswerEndsTheSubscription() {
		CompletableFuture<?> created = DurableStateRpc.createOrFail(Durable.of(this.connection), World.BOOK, "a",
				DELAY);
		this.world.decision = (name, writer) -> {
			// The answer is on its way when this is heard of.
			this.world.time.execute(() -> created.cancel(false));
			return this.world.accept(name, writer);
		};
		expectNothing();
		assertThat(created).isCancelled();
	}

	private CompletableFuture<Outcome<Pipe<StateUpdate<Long, Long, String>>, String>> create() {
		CompletableFuture<Outcome<Pipe<StateUpdate<Long, Long, String>>, String>> created = DurableStateRpc
			.createOrFail(Durable.of(this.connection), World.BOOK, "a", DELAY);
		assertThat(created).isNotDone();
		this.world.run();
		return created;
	}

	/** No subscription is there, and none will come. */
	private void expectNothing() {
		this.world.advance(60);
		assertThat(this.world.subscriptions()).isZero();
		this.world.expectNothingRemains("");
	}

	private static Throwable failureOf(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		return future
			.handle((value, failure) -> (failure instanceof CompletionException) ? failure.getCause() : failure)
			.join();
	}

}
