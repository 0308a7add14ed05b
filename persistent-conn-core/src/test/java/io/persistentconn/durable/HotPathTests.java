package io.persistentconn.durable;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import com.sun.management.ThreadMXBean;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.StateHandle;
import io.persistentconn.rpc.StreamHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An update of an open stream costs the record that the reader gets, and nothing else.
 */
class HotPathTests {

	private static final int WARM_UP = 1_000;

	private static final int ROUNDS = 100_000;

	/** The size of an object with one field. */
	private static final int RECORD = 16;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final VirtualTimeSource time = new VirtualTimeSource();

	private StreamHandler<String> handler;

	private int received;

	private int heard;

	@Test
	void anUpdateAllocatesItsRecordOnlyAndNeedsNoTaskOfTheOwner() {
		Durable<String> durable = Durable.create(this.time, () -> CompletableFuture.completedFuture("connection"),
				(connection) -> false);
		DurableStateRpc.<String, String, String, String>create(durable, (connection, taker) -> {
			this.handler = taker;
			return CompletableFuture.completedFuture(Outcome.accepted(new StateHandle<>("state", () -> {
			})));
		}, SubscriptionOptions.resubscribeAfter(Duration.ofSeconds(1)).withUpdateListener(() -> this.heard++))
			.subscribe(new Counting());
		this.time.run();
		int before = this.received;
		update(WARM_UP);
		long allocatedBefore = this.threads.getCurrentThreadAllocatedBytes();
		update(ROUNDS);
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
		assertThat(this.received - before).isEqualTo(WARM_UP + ROUNDS);
		assertThat(this.heard).as("the state, too").isEqualTo(1 + WARM_UP + ROUNDS);
		assertThat(allocated).isLessThan((RECORD + 1L) * ROUNDS);
	}

	private void update(int times) {
		for (int i = 0; i < times; i++) {
			this.handler.onUpdate("update");
		}
	}

	private final class Counting implements Flow.Subscriber<StateUpdate<String, String, String>> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(StateUpdate<String, String, String> news) {
			HotPathTests.this.received++;
		}

		@Override
		public void onError(Throwable failure) {
			throw new AssertionError(failure);
		}

		@Override
		public void onComplete() {
			throw new AssertionError("the stream has ended");
		}

	}

}
