package io.persistentconn.concurrent;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What the TCK leaves open; see {@link PipeTckTests}. */
class PipeSubscriptionTests {

	private final PipeWriter<Integer> writer = PipeWriter.create();

	private final Pipe<Integer> pipe = this.writer.pipe();

	private final RecordingSubscriber<Integer> subscriber = new RecordingSubscriber<>();

	@Test
	void aSubscriberGetsWhatItRequestsAndThenTheEnd() {
		this.writer.write(1);
		CompletableFuture<Void> pushback = this.writer.write(2);
		this.pipe.subscribe(this.subscriber);
		assertThat(this.subscriber.signals).containsExactly("subscribed");
		this.subscriber.subscription.request(1);
		assertThat(pushback).isNotDone();
		this.subscriber.subscription.request(2);
		assertThat(pushback).isCompleted();
		this.writer.write(3);
		this.writer.write(4);
		this.writer.close();
		assertThat(this.subscriber.signals).containsExactly("subscribed", "next 1", "next 2", "next 3");
		this.subscriber.subscription.request(1);
		assertThat(this.subscriber.signals).containsExactly("subscribed", "next 1", "next 2", "next 3", "next 4",
				"completed");
	}

	@Test
	void theFailureComesAfterWhatWasBuffered() {
		this.writer.write(1);
		this.writer.fail(new IllegalStateException("lost"));
		this.pipe.subscribe(this.subscriber);
		this.subscriber.subscription.request(1);
		assertThat(this.subscriber.signals).containsExactly("subscribed", "next 1", "failed lost");
	}

	@Test
	void whatWasTakenTogetherIsDroppedByASubscriberThatClosesOrCancels() {
		this.writer.write(1);
		this.writer.write(2);
		RecordingSubscriber<Integer> closing = new RecordingSubscriber<>() {
			@Override
			public void onNext(Integer element) {
				super.onNext(element);
				PipeSubscriptionTests.this.pipe.close();
			}
		};
		this.pipe.subscribe(closing);
		closing.subscription.request(2);
		assertThat(closing.signals).containsExactly("subscribed", "next 1", "completed");
		PipeWriter<Integer> other = PipeWriter.create();
		other.write(1);
		other.write(2);
		RecordingSubscriber<Integer> cancelling = new RecordingSubscriber<>() {
			@Override
			public void onNext(Integer element) {
				super.onNext(element);
				this.subscription.cancel();
			}
		};
		other.pipe().subscribe(cancelling);
		cancelling.subscription.request(2);
		assertThat(cancelling.signals).containsExactly("subscribed", "next 1");
	}

	@Test
	void aSecondSubscriberIsRefused() {
		this.pipe.subscribe(this.subscriber);
		RecordingSubscriber<Integer> second = new RecordingSubscriber<>();
		this.pipe.subscribe(second);
		second.subscription.request(1);
		second.subscription.cancel();
		assertThat(second.signals).containsExactly("subscribed",
				"failed The pipe has a subscriber (expected: one reader)");
		assertThat(this.pipe.isClosed()).isFalse();
		assertThat(this.subscriber.signals).containsExactly("subscribed");
	}

	@Test
	void nobodyCanReadBesidesASubscriber() {
		this.writer.write(1);
		this.pipe.subscribe(this.subscriber);
		assertThat(PipeTests.failureOf(this.pipe.read())).isInstanceOf(IllegalStateException.class);
		assertThatIllegalStateException().isThrownBy(this.pipe::tryRead);
		assertThat(PipeTests.failureOf(this.pipe.forEach(CompletableFuture::completedFuture)))
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void readsThatWaitComeBeforeASubscriber() {
		CompletableFuture<Optional<Integer>> first = this.pipe.read();
		this.pipe.subscribe(this.subscriber);
		this.subscriber.subscription.request(1);
		this.writer.write(1);
		this.writer.write(2);
		assertThat(first).isCompletedWithValue(Optional.of(1));
		assertThat(this.subscriber.signals).containsExactly("subscribed", "next 2");
	}

	@Test
	void cancellingClosesThePipe() {
		CompletableFuture<Void> pushback = this.writer.write(1);
		this.pipe.subscribe(this.subscriber);
		this.subscriber.subscription.cancel();
		this.subscriber.subscription.request(1);
		assertThat(this.writer.isClosed()).isTrue();
		assertThat(pushback).isCompleted();
		assertThat(this.pipe.size()).isZero();
		assertThat(this.subscriber.signals).containsExactly("subscribed");
	}

	@Test
	void closingThePipeCompletesTheSubscriber() {
		this.writer.write(1);
		this.pipe.subscribe(this.subscriber);
		this.pipe.close();
		assertThat(this.subscriber.signals).containsExactly("subscribed", "completed");
	}

	@Test
	void closingThePipeAfterTheWriterDidCompletesTheSubscriber() {
		this.writer.write(1);
		this.writer.fail(new IllegalStateException("lost"));
		this.pipe.subscribe(this.subscriber);
		this.pipe.close();
		assertThat(this.subscriber.signals).containsExactly("subscribed", "completed");
	}

	@Test
	void aRequestOfNothingFailsTheSubscriberAndClosesThePipe() {
		this.writer.write(1);
		this.pipe.subscribe(this.subscriber);
		this.subscriber.subscription.request(0);
		assertThat(this.subscriber.signals).containsExactly("subscribed", "failed n: 0 (expected: >= 1, by rule 3.9)");
		assertThat(this.writer.isClosed()).isTrue();
	}

	@Test
	void aRequestFromWithinASignalDoesNotNest() {
		int elements = 100_000;
		RecordingSubscriber<Integer> nested = new RecordingSubscriber<>() {

			private boolean within;

			@Override
			public void onNext(Integer element) {
				assertThat(this.within).isFalse();
				this.within = true;
				if (element < elements) {
					PipeSubscriptionTests.this.writer.write(element + 1);
				}
				this.subscription.request(1);
				this.within = false;
				if (element == elements) {
					PipeSubscriptionTests.this.writer.close();
				}
			}

		};
		this.pipe.subscribe(nested);
		nested.subscription.request(1);
		this.writer.write(1);
		assertThat(nested.signals).containsExactly("subscribed", "completed");
	}

	@Test
	void theDemandMayGrowPastItsType() {
		this.pipe.subscribe(this.subscriber);
		this.subscriber.subscription.request(Long.MAX_VALUE);
		this.subscriber.subscription.request(Long.MAX_VALUE);
		this.writer.write(1);
		this.writer.write(2);
		assertThat(this.subscriber.signals).containsExactly("subscribed", "next 1", "next 2");
	}

	@Test
	void aSubscriberThatThrowsIsNotCalledAgainAndItsPipeIsClosed() {
		RecordingSubscriber<Integer> throwing = new RecordingSubscriber<>() {

			@Override
			public void onNext(Integer element) {
				super.onNext(element);
				throw new IllegalStateException("expected by the test");
			}

		};
		CompletableFuture<Void> pushback = this.writer.write(1);
		this.writer.write(2);
		this.pipe.subscribe(throwing);
		throwing.subscription.request(2);
		assertThat(throwing.signals).containsExactly("subscribed", "next 1");
		assertThat(this.writer.isClosed()).isTrue();
		assertThat(pushback).isCompleted();
	}

	@Test
	void aSubscriberThatThrowsOnSubscribingIsNotCalledAgainAndItsPipeIsClosed() {
		RecordingSubscriber<Integer> throwing = new RecordingSubscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				super.onSubscribe(subscription);
				subscription.request(1);
				throw new IllegalStateException("expected by the test");
			}

		};
		this.writer.write(1);
		this.pipe.subscribe(throwing);
		assertThat(throwing.signals).isEqualTo(List.of("subscribed"));
		assertThat(this.writer.isClosed()).isTrue();
	}

}
