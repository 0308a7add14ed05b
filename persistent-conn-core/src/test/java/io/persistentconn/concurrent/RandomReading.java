package io.persistentconn.concurrent;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a pipe to its end, in one of the ways that it offers, doing at random what that
 * way allows.
 */
record RandomReading(Pipe<Integer> pipe, List<Integer> received, RandomGenerator random, int closeAfter) {

	void read(Way way) {
		switch (way) {
			case READS -> readOneByOne(Integer.MAX_VALUE);
			case SUBSCRIBES -> subscribe();
			case ITERATES -> iterate();
			case READS_THEN_SUBSCRIBES -> {
				if (readOneByOne(this.random.nextInt(20))) {
					subscribe();
				}
			}
		}
	}

	private boolean readOneByOne(int limit) {
		Queue<CompletableFuture<Optional<Integer>>> reads = new ArrayDeque<>();
		boolean open = true;
		while (open && this.received.size() < limit) {
			if (this.received.size() >= this.closeAfter) {
				this.pipe.close();
			}
			CompletableFuture<Optional<Integer>> read = this.pipe.read();
			if (this.random.nextInt(3) > 0 || !read.cancel(true)) {
				reads.add(read);
			}
			if (this.random.nextInt(3) == 0) {
				Optional<Integer> element = this.pipe.tryRead();
				open = collect(reads);
				element.ifPresent(this.received::add);
			}
			else if (reads.size() > this.random.nextInt(4)) {
				open = collect(reads);
			}
		}
		return collect(reads) && open;
	}

	private boolean collect(Queue<CompletableFuture<Optional<Integer>>> reads) {
		boolean open = true;
		for (CompletableFuture<Optional<Integer>> read = reads.poll(); read != null; read = reads.poll()) {
			try {
				Optional<Integer> element = PipeStressTests.get(read);
				assertThat(open || element.isEmpty()).as("nothing comes after the end").isTrue();
				element.ifPresent(this.received::add);
				open = element.isPresent();
			}
			catch (CompletionException ex) {
				assertThat(ex).hasRootCauseMessage("expected by the test");
				open = false;
			}
		}
		return open;
	}

	private void subscribe() {
		CompletableFuture<Void> ended = new CompletableFuture<>();
		AtomicInteger demand = new AtomicInteger();
		RecordingSubscriber<Integer> subscriber = new RecordingSubscriber<>() {

			@Override
			public void onNext(Integer element) {
				RandomReading.this.received.add(element);
				if (demand.getAndDecrement() == 0) {
					ended.completeExceptionally(new AssertionError("not requested: " + element));
				}
				else if (RandomReading.this.received.size() >= RandomReading.this.closeAfter) {
					this.subscription.cancel();
					ended.complete(null);
				}
				else if (RandomReading.this.random.nextBoolean()) {
					demand.addAndGet(2);
					this.subscription.request(2);
				}
			}

			@Override
			public void onError(Throwable failure) {
				ended.complete(null);
			}

			@Override
			public void onComplete() {
				ended.complete(null);
			}

		};
		this.pipe.subscribe(subscriber);
		ended.orTimeout(60, TimeUnit.SECONDS);
		while (!ended.isDone()) {
			if (demand.compareAndSet(0, 1)) {
				subscriber.subscription.request(1);
			}
			Thread.onSpinWait();
		}
		PipeStressTests.get(ended);
	}

	private void iterate() {
		CompletableFuture<Void> finished = this.pipe.forEach((element) -> {
			this.received.add(element);
			if (this.received.size() >= this.closeAfter) {
				this.pipe.close();
			}
			return (this.random.nextInt(10) > 0) ? CompletableFuture.completedFuture(element)
					: CompletableFuture.runAsync(() -> {
					});
		});
		PipeStressTests.get(finished.exceptionally((failure) -> {
			assertThat(failure).hasMessage("expected by the test");
			return null;
		}));
	}

	enum Way {

		READS, SUBSCRIBES, ITERATES, READS_THEN_SUBSCRIBES

	}

}
