package io.persistentconn.concurrent;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No callback under a lock, and nothing kept that is no longer wanted. */
class PipeThreadingTests {

	private final PipeWriter<Object> writer = PipeWriter.create();

	private final Pipe<Object> pipe = this.writer.pipe();

	private final List<String> calledWithoutLock = new ArrayList<>();

	@Test
	void futuresCompleteWithoutTheLock() {
		this.pipe.read().thenRun(() -> useFromElsewhere("read"));
		this.writer.write("a");
		this.writer.write("b").thenRun(() -> useFromElsewhere("pushback"));
		this.pipe.tryRead();
		this.writer.write("c").thenRun(() -> useFromElsewhere("pushback"));
		this.pipe.read();
		this.pipe.read().thenRun(() -> useFromElsewhere("end"));
		this.pipe.closed().thenRun(() -> useFromElsewhere("closed"));
		this.writer.close();
		assertThat(this.calledWithoutLock).containsExactly("read", "pushback", "pushback", "end", "closed");
	}

	@Test
	void cancellingCallsBackWithoutTheLock() {
		CompletableFuture<?> read = this.pipe.read();
		read.whenComplete((element, failure) -> useFromElsewhere("cancelled"));
		read.cancel(true);
		assertThat(this.calledWithoutLock).containsExactly("cancelled");
	}

	@Test
	void subscribersAreCalledWithoutTheLock() {
		this.writer.write("a");
		this.pipe.subscribe(new RecordingSubscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				useFromElsewhere("subscribe");
				subscription.request(2);
			}

			@Override
			public void onNext(Object element) {
				useFromElsewhere("next");
			}

			@Override
			public void onComplete() {
				useFromElsewhere("complete");
			}

		});
		this.writer.write("b");
		this.writer.close();
		assertThat(this.calledWithoutLock).containsExactly("subscribe", "next", "next", "complete");
	}

	@Test
	void closingLetsGoOfWhatIsBuffered() {
		WeakReference<Object> element = writeNew();
		this.pipe.close();
		awaitCollected(element);
	}

	@Test
	void readingToTheEndLetsGoOfTheElements() {
		WeakReference<Object> element = writeNew();
		this.writer.close();
		assertThat(this.pipe.tryRead()).isPresent();
		awaitCollected(element);
	}

	@Test
	void futuresThatWereCancelledAreLetGo() {
		this.writer.write("a");
		List<WeakReference<?>> cancelled = new ArrayList<>();
		List<Supplier<CompletableFuture<?>>> sources = List.of(this.writer::pushback, this.writer::closed,
				this.pipe::closed, PipeWriter.create().pipe()::read);
		for (Supplier<CompletableFuture<?>> source : sources) {
			CompletableFuture<?> future = source.get();
			assertThat(future.cancel(true)).isTrue();
			cancelled.add(new WeakReference<>(future));
		}
		cancelled.forEach(PipeThreadingTests::awaitCollected);
		assertThat(this.pipe.tryRead()).isEqualTo(Optional.of("a"));
	}

	private WeakReference<Object> writeNew() {
		Object element = new Object();
		this.writer.write(element);
		return new WeakReference<>(element);
	}

	private void useFromElsewhere(String callback) {
		CompletableFuture.runAsync(this.pipe::size, (task) -> new Thread(task).start())
			.orTimeout(60, TimeUnit.SECONDS)
			.join();
		this.calledWithoutLock.add(callback);
	}

	private static void awaitCollected(WeakReference<?> reference) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
			System.gc();
			return reference.get() == null;
		});
	}

}
