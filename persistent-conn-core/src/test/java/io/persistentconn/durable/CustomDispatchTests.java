package io.persistentconn.durable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.StateHandle;
import io.persistentconn.rpc.StreamHandle;
import io.persistentconn.rpc.StreamHandler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions that are made in a way of one's own, here by hand: what a connection of
 * RPCs never does, or not in a test, is shown with them.
 */
@Tag("D4")
@ExtendWith(Quiet.class)
class CustomDispatchTests {

	private static final SubscriptionOptions OPTIONS = SubscriptionOptions.resubscribeAfter(Duration.ofSeconds(1));

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final Durable<String> durable = Durable.create(this.time,
			() -> CompletableFuture.completedFuture("connection"), (connection) -> false);

	private CompletableFuture<Outcome<StateHandle<String>, String>> call = new CompletableFuture<>();

	private StreamHandler<String> handler;

	private int aborts;

	private int dispatches;

	@Test
	void theDispatcherDecidesHow() {
		Pipe<StateUpdate<String, String, String>> pipe = create();
		assertThat(News.of(pipe)).containsExactly("attempting");
		accept();
		this.handler.onUpdate("u");
		assertThat(News.of(pipe)).containsExactly("success 1", "state s", "update u");
		this.handler.onEnd(Optional.empty());
		this.time.run();
		this.call = new CompletableFuture<>();
		this.time.advanceBy(Duration.ofSeconds(1));
		this.call.complete(Outcome.rejected("no"));
		this.time.run();
		assertThat(News.of(pipe)).containsExactly("lost", "attempting", "rejected: no");
		pipe.close();
		this.time.run();
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void pipesHaveNoState() {
		CompletableFuture<Outcome<Pipe<PipeUpdate<String, String>>, String>> created = DurablePipeRpc
			.createOrFail(this.durable, this::dispatchPipe, OPTIONS);
		Pipe<PipeUpdate<String, String>> pipe = DurablePipeRpc.create(this.durable, this::dispatchPipe, OPTIONS);
		this.time.run();
		assertThat(News.of(pipe)).containsExactly("attempting", "success 1", "update u");
		assertThat(News.of(created.join().orElseThrow())).containsExactly("attempting", "success 1", "update u");
	}

	@Test
	@Tag("D3")
	void createOrFailReportsTheFirstAttempt() {
		CompletableFuture<Outcome<Pipe<StateUpdate<String, String, String>>, String>> created = DurableStateRpc
			.createOrFail(this.durable, this::dispatch, OPTIONS);
		this.call.completeExceptionally(new IllegalStateException("expected by the test"));
		this.time.run();
		assertThat(created).isCompletedExceptionally();
		this.time.advanceBy(Duration.ofSeconds(10));
		assertThat(this.dispatches).isOne();
	}

	@Test
	void anAnswerAfterClosingIsAbortedThoughTheCallCannotBeCancelled() {
		CompletableFuture<Outcome<StateHandle<String>, String>> deaf = new CompletableFuture<>() {

			@Override
			public boolean cancel(boolean mayInterruptIfRunning) {
				return false;
			}

		};
		this.call = deaf;
		Pipe<StateUpdate<String, String, String>> pipe = create();
		pipe.close();
		this.time.run();
		accept();
		assertThat(this.aborts).isOne();
	}

	@Test
	void anAnswerTogetherWithClosingIsAborted() {
		Pipe<StateUpdate<String, String, String>> pipe = create();
		pipe.close();
		accept();
		assertThat(this.aborts).isOne();
	}

	@Test
	void closingAbortsOnce() {
		Pipe<StateUpdate<String, String, String>> pipe = create();
		accept();
		pipe.close();
		this.time.run();
		assertThat(this.aborts).isOne();
		this.handler.onUpdate("late");
		this.handler.onEnd(Optional.empty());
		this.time.advanceBy(Duration.ofSeconds(10));
		assertThat(this.dispatches).isOne();
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void whatADispatcherThrowsOrForgetsIsAFailureToConnect() {
		Pipe<StateUpdate<String, String, String>> throwing = DurableStateRpc.create(this.durable,
				(connection, handler) -> {
					throw new IllegalStateException("expected by the test");
				}, OPTIONS);
		Pipe<StateUpdate<String, String, String>> forgetful = DurableStateRpc.create(this.durable,
				(connection, handler) -> CompletableFuture.completedFuture(null), OPTIONS);
		this.time.run();
		assertThat(News.of(throwing)).containsExactly("attempting", "failed: expected by the test");
		assertThat(News.of(forgetful)).containsExactly("attempting", "failed: the outcome (expected: not null)");
	}

	@Test
	@Tag("D2")
	void updatesThatComeBeforeTheOwnerHasToldOfTheSuccessWaitAndSoDoesTheirSender() {
		VirtualTimeSource owner = new VirtualTimeSource();
		Pipe<StateUpdate<String, String, String>> pipe = DurableStateRpc.create(this.durable, this::dispatch,
				OPTIONS.withTimeSource(owner));
		owner.run();
		this.time.run();
		accept();
		var pause = this.handler.onUpdate("early");
		assertThat(pause.toCompletableFuture()).isNotDone();
		this.handler.onEnd(Optional.empty());
		assertThat(News.of(pipe)).containsExactly("attempting");
		owner.run();
		assertThat(pause.toCompletableFuture()).isDone();
		assertThat(News.of(pipe)).containsExactly("success 1", "state s", "update early", "lost");
	}

	@Test
	@Tag("D2")
	void aStreamThatIsOverBeforeItsAnswerIsKnownIsASuccessAndALoss() {
		Pipe<StateUpdate<String, String, String>> pipe = create();
		this.handler.onUpdate("u");
		this.handler.onEnd(Optional.empty());
		this.time.run();
		assertThat(News.of(pipe)).containsExactly("attempting");
		accept();
		assertThat(News.of(pipe)).containsExactly("success 1", "state s", "update u", "lost");
		this.time.advanceBy(Duration.ofSeconds(1));
		assertThat(this.dispatches).isEqualTo(2);
	}

	@Test
	@Tag("D5")
	void nothingComesAfterAnOverflowThoughTheReaderMakesRoomBeforeTheOwnerKnows() {
		VirtualTimeSource owner = new VirtualTimeSource();
		Pipe<StateUpdate<String, String, String>> pipe = DurableStateRpc.create(this.durable, this::dispatch,
				OPTIONS.withTimeSource(owner).withBuffer(1, Overflow.RESUBSCRIBE));
		owner.run();
		this.time.run();
		accept();
		owner.run();
		this.handler.onUpdate("1");
		this.handler.onUpdate("missed");
		assertThat(pipe.tryRead().map(News::word)).contains("attempting");
		assertThat(pipe.tryRead().map(News::word)).contains("success 1");
		this.handler.onUpdate("after a gap");
		assertThat(News.of(pipe)).containsExactly("state s", "update 1");
		owner.run();
		assertThat(News.of(pipe)).containsExactly("lost");
		assertThat(this.aborts).isOne();
	}

	@Test
	void anOwnerThatHasEndedFailsTheStreamAndAborts() {
		AtomicBoolean ended = new AtomicBoolean();
		Pipe<StateUpdate<String, String, String>> pipe = DurableStateRpc.create(this.durable, this::dispatch,
				OPTIONS.withTimeSource(new Ending(this.time, ended)));
		this.time.run();
		accept();
		assertThat(News.of(pipe)).hasSize(3);
		ended.set(true);
		pipe.close();
		assertThat(this.aborts).isOne();
		ended.set(false);
		Pipe<StateUpdate<String, String, String>> second = DurableStateRpc.create(this.durable, this::dispatch,
				OPTIONS.withTimeSource(new Ending(this.time, ended)));
		this.time.run();
		ended.set(true);
		this.handler.onEnd(Optional.empty());
		this.time.run();
		assertThat(News.of(second)).isNotEmpty();
		assertThat(second.read()).isCompletedExceptionally();
	}

	private Pipe<StateUpdate<String, String, String>> create() {
		Pipe<StateUpdate<String, String, String>> pipe = DurableStateRpc.create(this.durable, this::dispatch, OPTIONS);
		this.time.run();
		return pipe;
	}

	private CompletableFuture<Outcome<StateHandle<String>, String>> dispatch(String connection,
			StreamHandler<String> handler) {
		assertThat(connection).isEqualTo("connection");
		this.dispatches++;
		this.handler = handler;
		return this.call;
	}

	private CompletableFuture<Outcome<StreamHandle, String>> dispatchPipe(String connection,
			StreamHandler<String> handler) {
		handler.onUpdate("u");
		return CompletableFuture.completedFuture(Outcome.accepted(() -> this.aborts++));
	}

	private void accept() {
		this.call.complete(Outcome.accepted(new StateHandle<>("s", () -> this.aborts++)));
		this.time.run();
	}

	/** An owner that rejects tasks once it has ended. */
	private record Ending(TimeSource owner, AtomicBoolean ended) implements TimeSource {

		@Override
		public void execute(Runnable task) {
			checkAlive();
			this.owner.execute(task);
		}

		@Override
		public Cancellable schedule(Duration delay, Runnable task) {
			checkAlive();
			return this.owner.schedule(delay, task);
		}

		@Override
		public long nanoTime() {
			return this.owner.nanoTime();
		}

		@Override
		public Instant instant() {
			return this.owner.instant();
		}

		@Override
		public boolean inOwner() {
			return this.owner.inOwner();
		}

		private void checkAlive() {
			if (this.ended.get()) {
				throw new RejectedExecutionException("the owner has ended");
			}
		}

	}

}
