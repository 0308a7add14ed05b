package io.persistentconn.autoconfigure.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.persistentconn.autoconfigure.testing.Tck;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StreamPublisherTests {

	private final List<String> seen = new ArrayList<>();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Stream<String> stream = Stream.of("a", "b", "c")
		.peek((element) -> this.seen.add("yields " + element))
		.onClose(() -> this.seen.add("closes"));

	@Test
	void passesTheTck() {
		Tck.verify(Verification.class);
	}

	@Test
	void yieldsWhatIsRequestedAndGivesItsThreadBack() {
		Flow.Subscription subscription = subscribe();
		assertThat(this.tasks).isEmpty();
		subscription.request(1);
		subscription.request(1);
		assertThat(this.seen).isEmpty();
		runTasks();
		assertThat(this.seen).containsExactly("yields a", "gets a", "yields b", "gets b");
		this.seen.clear();
		subscription.request(1);
		runTasks();
		assertThat(this.seen).containsExactly("yields c", "gets c");
		subscription.request(1);
		runTasks();
		assertThat(this.seen).containsExactly("yields c", "gets c", "closes", "completes");
		subscription.cancel();
		subscription.request(1);
		assertThat(this.tasks).isEmpty();
	}

	@Test
	void cancellingClosesTheStreamOnTheExecutor() {
		Flow.Subscription subscription = subscribe();
		subscription.cancel();
		subscription.cancel();
		assertThat(this.seen).isEmpty();
		runTasks();
		assertThat(this.seen).containsExactly("closes");
	}

	@Test
	void aStreamThatFailsIsClosedAndItsSubscriberTold() {
		Stream<String> failing = Stream.<String>generate(() -> {
			throw new IllegalStateException("expected by the test");
		}).onClose(() -> this.seen.add("closes"));
		subscribe(new StreamPublisher<>(failing, this.tasks::add)).request(1);
		runTasks();
		assertThat(this.seen).containsExactly("closes", "java.lang.IllegalStateException: expected by the test");
	}

	@Test
	void anExecutorThatRefusesEndsIt() {
		subscribe(new StreamPublisher<>(this.stream, (task) -> {
			throw new RejectedExecutionException("shut down");
		})).request(1);
		assertThat(this.seen).containsExactly("closes", "java.util.concurrent.RejectedExecutionException: shut down");
	}

	private Flow.Subscription subscribe() {
		return subscribe(new StreamPublisher<>(this.stream, this.tasks::add));
	}

	private Flow.Subscription subscribe(StreamPublisher<String> publisher) {
		List<Flow.Subscription> subscriptions = new ArrayList<>();
		publisher.subscribe(new Flow.Subscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				subscriptions.add(subscription);
			}

			@Override
			public void onNext(String element) {
				StreamPublisherTests.this.seen.add("gets " + element);
			}

			@Override
			public void onError(Throwable failure) {
				StreamPublisherTests.this.seen.add(failure.toString());
			}

			@Override
			public void onComplete() {
				StreamPublisherTests.this.seen.add("completes");
			}

		});
		return subscriptions.get(0);
	}

	private void runTasks() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	/** Made by TestNG. */
	public static final class Verification extends Tck {

		@Override
		public Flow.Publisher<Long> createFlowPublisher(long elements) {
			return new StreamPublisher<>(LongStream.range(0, elements).boxed(), ForkJoinPool.commonPool());
		}

		@Override
		public Flow.Publisher<Long> createFailedFlowPublisher() {
			// Fails no sooner than it is asked for an element.
			return null;
		}

		@Override
		public long maxElementsFromPublisher() {
			return Integer.MAX_VALUE;
		}

	}

}
