package io.persistentconn.autoconfigure.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;

import io.persistentconn.autoconfigure.testing.Tck;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

class ColdPublisherTests {

	private final List<CompletableFuture<Pipe<Long>>> calls = new ArrayList<>();

	private final ColdPublisher<Long> publisher = new ColdPublisher<>(() -> {
		CompletableFuture<Pipe<Long>> call = new CompletableFuture<>();
		this.calls.add(call);
		return call;
	});

	private final List<Object> seen = new ArrayList<>();

	@Test
	void passesTheTck() {
		Tck.verify(Verification.class);
	}

	@Test
	void whatIsRequestedBeforeTheStreamIsThereIsRemembered() {
		Flow.Subscription subscription = subscribe();
		subscription.request(1);
		subscription.request(1);
		Pipe<Long> pipe = pipe(5);
		this.calls.get(0).complete(pipe);
		assertThat(this.seen).containsExactly(0L, 1L);
		assertThat(pipe.size()).isEqualTo(3);
	}

	@Test
	void cancellingBeforeTheStreamIsThereCancelsTheCall() {
		subscribe().cancel();
		assertThat(this.calls.get(0)).isCancelled();
		assertThat(this.seen).isEmpty();
	}

	@Test
	void aCallThatFailsIsAnErrorOfItsSubscriber() {
		subscribe();
		this.calls.get(0).completeExceptionally(new IllegalStateException("expected by the test"));
		assertThat(this.seen).containsExactly("java.lang.IllegalStateException: expected by the test");
	}

	@Test
	void whoCancelsAtOnceMakesNoCall() {
		JdkFlowAdapter.flowPublisherToFlux(this.publisher).subscribe(new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.cancel();
			}

		});
		assertThat(this.calls).isEmpty();
	}

	private Flow.Subscription subscribe() {
		List<Flow.Subscription> subscriptions = new ArrayList<>();
		this.publisher.subscribe(new Flow.Subscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				subscriptions.add(subscription);
			}

			@Override
			public void onNext(Long update) {
				ColdPublisherTests.this.seen.add(update);
			}

			@Override
			public void onError(Throwable failure) {
				ColdPublisherTests.this.seen.add(failure.toString());
			}

			@Override
			public void onComplete() {
				ColdPublisherTests.this.seen.add("completes");
			}

		});
		return subscriptions.get(0);
	}

	private static Pipe<Long> pipe(long elements) {
		PipeWriter<Long> writer = PipeWriter.create();
		LongStream.range(0, elements).forEach(writer::writeWithoutPushback);
		writer.close();
		return writer.pipe();
	}

	/** Made by TestNG. */
	public static final class Verification extends Tck {

		@Override
		public Flow.Publisher<Long> createFlowPublisher(long elements) {
			return new ColdPublisher<>(() -> CompletableFuture.supplyAsync(() -> pipe(elements)));
		}

		@Override
		public Flow.Publisher<Long> createFailedFlowPublisher() {
			return new ColdPublisher<>(
					() -> CompletableFuture.failedFuture(new IllegalStateException("expected by the test")));
		}

		@Override
		public long maxElementsFromPublisher() {
			return 1000;
		}

	}

}
