package io.persistentconn.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class PipeTests {

	private final PipeWriter<Integer> writer = PipeWriter.create();

	private final Pipe<Integer> pipe = this.writer.pipe();

	@Test
	void elementsAreReadInTheOrderInWhichTheyWereWritten() {
		this.writer.write(1);
		this.writer.write(2);
		assertThat(this.pipe.size()).isEqualTo(2);
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.of(1));
		assertThat(this.pipe.tryRead()).contains(2);
		assertThat(this.pipe.tryRead()).isEmpty();
		assertThat(this.pipe.size()).isZero();
	}

	@Test
	void readsThatWaitAreAnsweredInOrder() {
		CompletableFuture<Optional<Integer>> first = this.pipe.read();
		CompletableFuture<Optional<Integer>> second = this.pipe.read();
		assertThat(this.writer.write(1)).isCompleted();
		assertThat(first).isCompletedWithValue(Optional.of(1));
		assertThat(second).isNotDone();
		assertThat(this.pipe.tryRead()).isEmpty();
		assertThat(this.writer.write(2)).isCompleted();
		assertThat(second).isCompletedWithValue(Optional.of(2));
		assertThat(this.pipe.size()).isZero();
	}

	@Test
	void aCancelledReadCostsNoElement() {
		CompletableFuture<Optional<Integer>> cancelled = this.pipe.read();
		CompletableFuture<Optional<Integer>> failed = this.pipe.read();
		CompletableFuture<Optional<Integer>> answered = this.pipe.read();
		CompletableFuture<Optional<Integer>> waiting = this.pipe.read();
		assertThat(cancelled.cancel(true)).isTrue();
		assertThat(cancelled.cancel(true)).isTrue();
		assertThat(failed.completeExceptionally(new IllegalStateException("no longer wanted"))).isTrue();
		assertThat(answered.complete(Optional.empty())).isTrue();
		this.writer.write(1);
		assertThat(waiting).isCompletedWithValue(Optional.of(1));
		assertThat(waiting.cancel(true)).isFalse();
		assertThat(waiting.complete(Optional.empty())).isFalse();
	}

	@Test
	void aReadThatTimesOutCostsNoElement() {
		CompletableFuture<Optional<Integer>> late = this.pipe.read().orTimeout(1, TimeUnit.MILLISECONDS);
		late.exceptionally((ex) -> Optional.empty()).join();
		this.writer.write(1);
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.of(1));
	}

	@Test
	void whatHangsOnAReadDoesNotTakeItBackWhenCancelled() {
		CompletableFuture<Optional<Integer>> read = this.pipe.read();
		read.thenApply((element) -> element).cancel(true);
		this.writer.write(1);
		assertThat(read).isCompletedWithValue(Optional.of(1));
	}

	@Test
	void withoutABudgetEachWriteWaitsUntilTheReaderTookIt() {
		CompletableFuture<Void> pushback = this.writer.write(1);
		assertThat(pushback).isNotDone();
		assertThat(this.writer.tryWrite(2)).isFalse();
		this.pipe.read();
		assertThat(pushback).isCompleted();
		assertThat(this.writer.tryWrite(2)).isTrue();
	}

	@Test
	void aWriterMayHaveAsManyElementsBufferedAsTheBudgetAllows() {
		PipeWriter<Integer> writer = PipeWriter.create(2);
		assertThat(writer.write(1)).isCompleted();
		assertThat(writer.write(2)).isCompleted();
		CompletableFuture<Void> third = writer.write(3);
		CompletableFuture<Void> fourth = writer.write(4);
		assertThat(third).isNotDone();
		writer.pipe().tryRead();
		assertThat(third).as("3 are buffered").isNotDone();
		writer.pipe().tryRead();
		assertThat(third).as("2 are buffered").isCompleted();
		assertThat(fourth).isCompleted();
	}

	@Test
	void aWriterNeedNotWait() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.writer.writeWithoutPushback(i)).isTrue();
		}
		assertThat(this.pipe.size()).isEqualTo(100);
		assertThat(this.writer.pushback()).isNotDone();
	}

	@Test
	void cancellingAPushbackDisturbsNobody() {
		CompletableFuture<Void> pushback = this.writer.write(1);
		this.writer.pushback().cancel(true);
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.of(1));
		assertThat(pushback).isCompleted();
	}

	@Test
	void whenTheWriterClosesTheReaderGetsWhatIsBufferedAndThenTheEnd() {
		CompletableFuture<Void> pushback = this.writer.write(1);
		CompletableFuture<Void> closed = this.pipe.closed();
		this.writer.close();
		this.writer.fail(new IllegalStateException("too late"));
		assertThat(pushback).isCompleted();
		assertThat(closed).isCompleted();
		assertThat(this.pipe.isClosed()).isTrue();
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.of(1));
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.empty());
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.empty());
	}

	@Test
	void whenTheWriterFailsTheReaderGetsWhatIsBufferedAndThenTheFailure() {
		IllegalStateException failure = new IllegalStateException("lost");
		this.writer.write(1);
		this.writer.fail(failure);
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.of(1));
		assertThat(failureOf(this.pipe.read())).isSameAs(failure);
		assertThat(failureOf(this.pipe.read())).isSameAs(failure);
		assertThat(this.pipe.tryRead()).isEmpty();
	}

	@Test
	void readsThatWaitGetTheEndOrTheFailure() {
		CompletableFuture<Optional<Integer>> read = this.pipe.read();
		this.writer.close();
		assertThat(read).isCompletedWithValue(Optional.empty());

		PipeWriter<Integer> failing = PipeWriter.create();
		List<CompletableFuture<?>> reads = List.of(failing.pipe().read(), failing.pipe().read());
		IllegalStateException failure = new IllegalStateException("lost");
		failing.fail(failure);
		assertThat(reads).allSatisfy((waiting) -> assertThat(failureOf(waiting)).isSameAs(failure));
	}

	@Test
	void whenTheReaderClosesTheWriterLearnsIt() {
		CompletableFuture<Void> pushback = this.writer.write(1);
		CompletableFuture<Void> closed = this.writer.closed();
		assertThat(this.writer.isClosed()).isFalse();
		assertThat(closed).isNotDone();
		this.pipe.close();
		this.pipe.close();
		assertThat(pushback).isCompleted();
		assertThat(closed).isCompleted();
		assertThat(this.writer.isClosed()).isTrue();
		assertThat(this.writer.closed()).isCompleted();
		assertThat(this.writer.pushback()).isCompleted();
		assertThat(failureOf(this.writer.write(2))).isInstanceOf(PipeClosedException.class);
		assertThat(this.writer.writeWithoutPushback(2)).isFalse();
		assertThat(this.writer.tryWrite(2)).isFalse();
		assertThat(this.pipe.size()).isZero();
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.empty());
	}

	@Test
	void whenTheReaderClosesAfterTheWriterFailedThereIsNothingLeftToRead() {
		this.writer.write(1);
		this.writer.fail(new IllegalStateException("lost"));
		this.pipe.close();
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.empty());
	}

	@Test
	void whenTheReaderClosesItsOwnReadsGetTheEnd() {
		CompletableFuture<Optional<Integer>> read = this.pipe.read();
		this.pipe.close();
		assertThat(read).isCompletedWithValue(Optional.empty());
	}

	@Test
	void bothEndsMayCallEachOtherBack() {
		List<Integer> read = new ArrayList<>();
		this.writer.write(1).thenCompose((ignored) -> this.writer.write(2)).thenRun(this.writer::close);
		for (Optional<Integer> next = this.pipe.tryRead(); next.isPresent(); next = this.pipe.tryRead()) {
			read.add(next.get());
		}
		assertThat(read).containsExactly(1, 2);
		assertThat(this.pipe.read()).isCompletedWithValue(Optional.empty());
	}

	@Test
	void badArgumentsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> PipeWriter.create(-1))
			.withMessage("sizeBudget: -1 (expected: >= 0)");
		assertThatNullPointerException().isThrownBy(() -> this.writer.write(null));
		assertThatNullPointerException().isThrownBy(() -> this.writer.fail(null));
		assertThatNullPointerException().isThrownBy(() -> this.pipe.subscribe(null));
		assertThatNullPointerException().isThrownBy(() -> this.pipe.forEach(null));
		assertThat(this.pipe.read()).as("still has no subscriber").isNotDone();
	}

	static Throwable failureOf(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		try {
			return future.handle((value, failure) -> failure).join();
		}
		catch (CancellationException ex) {
			return ex;
		}
	}

	@Test
	void whatIsBufferedCanBeDroppedInPart() {
		for (int i = 1; i <= 4; i++) {
			this.writer.writeWithoutPushback(i);
		}
		CompletableFuture<Void> pushback = this.writer.pushback();
		List<Integer> asked = new ArrayList<>();
		this.writer.removeBufferedIf((element) -> {
			asked.add(element);
			return element % 2 == 0;
		});
		assertThat(asked).containsExactly(1, 2, 3, 4);
		assertThat(pushback).isNotDone();
		assertThat(this.pipe.tryRead()).contains(1);
		this.writer.removeBufferedIf((element) -> true);
		assertThat(pushback).isCompleted();
		assertThat(this.pipe.size()).isZero();
		this.writer.writeWithoutPushback(5);
		assertThat(this.pipe.tryRead()).contains(5);
	}

	@Test
	void droppingAllThatIsBufferedEndsAClosedPipe() {
		this.writer.writeWithoutPushback(1);
		this.writer.close();
		RecordingSubscriber<Integer> subscriber = new RecordingSubscriber<>();
		this.pipe.subscribe(subscriber);
		this.writer.removeBufferedIf((element) -> true);
		assertThat(subscriber.signals).containsExactly("subscribed", "completed");
	}

}
