package io.persistentconn.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PipeForEachTests {

	private final PipeWriter<Integer> writer = PipeWriter.create();

	private final List<Integer> seen = new ArrayList<>();

	private final List<CompletableFuture<Void>> steps = new ArrayList<>();

	@Test
	void theNextElementIsTakenWhenTheStageOfTheLastCompletes() {
		this.writer.write(1);
		CompletableFuture<Void> pushback = this.writer.write(2);
		CompletableFuture<Void> finished = this.writer.pipe().forEach(this::step);
		assertThat(this.seen).containsExactly(1);
		assertThat(pushback).isNotDone();
		this.steps.get(0).complete(null);
		assertThat(this.seen).containsExactly(1, 2);
		assertThat(pushback).isCompleted();
		this.writer.close();
		this.steps.get(1).complete(null);
		assertThat(finished).isCompleted();
	}

	@Test
	void itWaitsForTheLastStage() {
		this.writer.write(1);
		CompletableFuture<Void> finished = this.writer.pipe().forEach(this::step);
		this.writer.close();
		assertThat(finished).isNotDone();
		this.steps.get(0).complete(null);
		assertThat(finished).isCompleted();
	}

	@Test
	void aStageMayBeOneThatCannotBeAskedWhetherItIsDone() {
		this.writer.writeWithoutPushback(1);
		this.writer.writeWithoutPushback(2);
		this.writer.close();
		CompletableFuture<Void> finished = this.writer.pipe().forEach((element) -> {
			this.seen.add(element);
			return CompletableFuture.completedStage(null);
		});
		assertThat(finished).isCompleted();
		assertThat(this.seen).containsExactly(1, 2);
	}

	@Test
	void aFailedPipeFailsIt() {
		IllegalStateException failure = new IllegalStateException("lost");
		this.writer.write(1);
		this.writer.fail(failure);
		CompletableFuture<Void> finished = this.writer.pipe().forEach(CompletableFuture::completedFuture);
		assertThat(PipeTests.failureOf(finished)).isSameAs(failure);
	}

	@Test
	void anActionThatThrowsEndsItAndClosesThePipe() {
		IllegalStateException failure = new IllegalStateException("expected by the test");
		this.writer.write(1);
		this.writer.write(2);
		CompletableFuture<Void> finished = this.writer.pipe().forEach((element) -> {
			this.seen.add(element);
			throw failure;
		});
		assertThat(PipeTests.failureOf(finished)).isSameAs(failure);
		assertThat(this.seen).containsExactly(1);
		assertThat(this.writer.isClosed()).isTrue();
	}

	@Test
	void anActionWhoseStageFailsEndsItAndClosesThePipe() {
		IllegalStateException failure = new IllegalStateException("expected by the test");
		this.writer.write(1);
		CompletableFuture<Void> finished = this.writer.pipe()
			.forEach((element) -> step(element).thenApply((ignored) -> element));
		this.steps.get(0).completeExceptionally(failure);
		assertThat(PipeTests.failureOf(finished)).isSameAs(failure);
		assertThat(this.writer.isClosed()).isTrue();
	}

	@Test
	void closingThePipeEndsItAfterTheStageInHand() {
		this.writer.write(1);
		this.writer.write(2);
		CompletableFuture<Void> finished = this.writer.pipe().forEach(this::step);
		this.writer.pipe().close();
		this.steps.get(0).complete(null);
		assertThat(finished).isCompleted();
		assertThat(this.seen).containsExactly(1);
	}

	@Test
	void itIsALoopAndNotARecursion() {
		int elements = 1_000_000;
		AtomicInteger sum = new AtomicInteger();
		for (int i = 0; i < elements; i++) {
			this.writer.writeWithoutPushback(1);
		}
		this.writer.close();
		CompletableFuture<Integer> done = CompletableFuture.completedFuture(0);
		CompletableFuture<Void> finished = this.writer.pipe().forEach((element) -> {
			sum.addAndGet(element);
			return done;
		});
		assertThat(finished).isCompleted();
		assertThat(sum).hasValue(elements);
	}

	private CompletionStage<Void> step(Integer element) {
		this.seen.add(element);
		CompletableFuture<Void> step = new CompletableFuture<>();
		this.steps.add(step);
		return step;
	}

}
