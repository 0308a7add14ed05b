package io.persistentconn.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;
import io.persistentconn.benchmarks.Benchmarks.Effort;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.connection.PersistentConnection;

/**
 * What {@code currentConnection()} costs: bytes and nanoseconds a look-up.
 */
final class LookupBenchmark {

	private static final int LOOK_UPS = 1_000_000;

	private LookupBenchmark() {
	}

	static void run(Effort effort) throws Exception {
		PersistentConnection<Open> connection = PersistentConnection
			.<String, Open>builder("lookup", (context, address) -> CompletableFuture.completedStage(new Open()))
			.address(() -> CompletableFuture.completedStage("here"))
			.start();
		connection.connected().join();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long found = lookUp(connection);
		long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
		long start = System.nanoTime();
		long rounds = 0;
		while (System.nanoTime() - start < effort.round().toNanos()) {
			found += lookUp(connection);
			rounds++;
		}
		double nanos = (System.nanoTime() - start) / (double) (rounds * LOOK_UPS);
		double bytes = (threads.getCurrentThreadAllocatedBytes() - allocatedBefore) / (double) (rounds * LOOK_UPS);
		System.out.printf("%ncurrentConnection(): %.6f bytes and %.1f ns a look-up, over %d million (%d found)%n",
				bytes, nanos, rounds, found);
		connection.close();
	}

	private static long lookUp(PersistentConnection<Open> connection) {
		long found = 0;
		for (int i = 0; i < LOOK_UPS; i++) {
			Optional<Open> current = connection.currentConnection();
			found += current.isPresent() ? 1 : 0;
		}
		return found;
	}

	/** A connection that is open for ever. */
	private static final class Open implements AsyncCloseable {

		private final CompletableFuture<Void> closeFinished = new CompletableFuture<>();

		@Override
		public CompletableFuture<Void> closeAsync() {
			this.closeFinished.complete(null);
			return closeFinished();
		}

		@Override
		public boolean isClosed() {
			return this.closeFinished.isDone();
		}

		@Override
		public CompletableFuture<Void> closeFinished() {
			return this.closeFinished.copy();
		}

	}

}
