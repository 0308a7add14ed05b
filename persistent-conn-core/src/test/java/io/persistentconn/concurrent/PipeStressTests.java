package io.persistentconn.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer and a reader on two threads, each doing at random what its face offers: every
 * element arrives once and in order, and both come to an end.
 */
class PipeStressTests {

	private static final int SEEDS = 500;

	private static final int ELEMENTS = 100;

	@ParameterizedTest
	@EnumSource
	void everyElementArrivesOnceAndInOrder(RandomReading.Way way) throws Exception {
		for (int seed = 0; seed < SEEDS; seed++) {
			RandomGenerator random = new SplittableRandom(seed);
			PipeWriter<Integer> writer = PipeWriter.create(random.nextInt(4));
			// In every other run the reader goes before the writer is done.
			int readerCloses = random.nextBoolean() ? random.nextInt(ELEMENTS) : Integer.MAX_VALUE;
			List<Integer> received = new ArrayList<>();
			CyclicBarrier start = new CyclicBarrier(2);
			long writerSeed = random.nextLong();
			CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> {
				await(start);
				return write(writer, new SplittableRandom(writerSeed));
			}, PipeStressTests::newThread);
			await(start);
			try {
				new RandomReading(writer.pipe(), received, random, readerCloses).read(way);
				int writes = get(written);
				assertThat(received).isEqualTo(IntStream.range(0, received.size()).boxed().toList());
				assertThat(received.size()).isLessThanOrEqualTo(writes);
				if (readerCloses == Integer.MAX_VALUE) {
					assertThat(received).hasSize(writes);
				}
				get(writer.closed());
				get(writer.pushback());
			}
			catch (Throwable ex) {
				throw new AssertionError(
						"seed " + seed + ", received " + received + ", buffered " + writer.pipe().size(), ex);
			}
		}
	}

	private static int write(PipeWriter<Integer> writer, RandomGenerator random) {
		int next = 0;
		while (next < ELEMENTS) {
			boolean accepted = switch (random.nextInt(5)) {
				case 0 -> writer.writeWithoutPushback(next);
				case 1 -> writer.tryWrite(next);
				case 2 -> {
					CompletableFuture<Void> pushback = writer.write(next);
					boolean open = !pushback.isCompletedExceptionally();
					pushback.cancel(true);
					yield open;
				}
				default -> {
					try {
						get(writer.write(next));
						yield true;
					}
					catch (CompletionException ex) {
						assertThat(ex).hasCauseInstanceOf(PipeClosedException.class);
						yield false;
					}
				}
			};
			if (accepted) {
				next++;
			}
			else if (writer.isClosed()) {
				return next;
			}
			else {
				get(writer.pushback());
			}
		}
		if (random.nextBoolean()) {
			writer.close();
		}
		else {
			writer.fail(new IllegalStateException("expected by the test"));
		}
		return next;
	}

	static <T> T get(CompletableFuture<T> future) {
		return future.copy().orTimeout(60, TimeUnit.SECONDS).join();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(60, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void newThread(Runnable task) {
		Thread thread = new Thread(task, "writer");
		thread.setDaemon(true);
		thread.start();
	}

}
