package io.persistentconn.concurrent;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the TCK of Reactive Streams, which is written for TestNG.
 */
class PipeTckTests {

	/** Those that only a publisher with many subscribers can show, and empty ones. */
	private static final List<String> SKIPPED = List.of("optional_spec111_maySupportMultiSubscribe",
			"optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
			"optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected",
			"optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne",
			"optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals",
			"untested_spec106_mustConsiderSubscriptionCancelledAfterOnErrorOrOnCompleteHasBeenCalled",
			"untested_spec107_mustNotEmitFurtherSignalsOnceOnErrorHasBeenSignalled",
			"untested_spec108_possiblyCanceledSubscriptionShouldNotReceiveOnErrorOrOnCompleteSignals",
			"untested_spec109_subscribeShouldNotThrowNonFatalThrowable",
			"untested_spec110_rejectASubscriptionRequestIfTheSameSubscriberSubscribesTwice",
			"untested_spec304_requestShouldNotPerformHeavyComputations",
			"untested_spec305_cancelMustNotSynchronouslyPerformHeavyComputation");

	@Test
	void aPipeFedByItsReadersThreadPassesTheTck() {
		verify(FedWithinPushback.class);
	}

	@Test
	void aPipeFedByAnotherThreadPassesTheTck() {
		verify(FedElsewhere.class);
	}

	private static void verify(Class<?> verification) {
		TestListenerAdapter results = new TestListenerAdapter();
		TestNG testNg = new TestNG(false);
		testNg.setVerbose(0);
		testNg.setTestClasses(new Class<?>[] { verification });
		testNg.addListener(results);
		testNg.run();
		assertThat(results.getConfigurationFailures()).isEmpty();
		assertThat(results.getFailedTests()).allSatisfy((result) -> {
			throw new AssertionError(result.getName(), result.getThrowable());
		});
		assertThat(results.getSkippedTests()).extracting(ITestResult::getName)
			.containsExactlyInAnyOrderElementsOf(SKIPPED);
		assertThat(results.getPassedTests()).hasSize(26);
	}

	private abstract static class PipeVerification extends FlowPublisherVerification<Long> {

		PipeVerification() {
			super(new TestEnvironment(30_000, 20, 5), 10);
		}

		@Override
		public Flow.Publisher<Long> createFlowPublisher(long elements) {
			PipeWriter<Long> writer = PipeWriter.create(2);
			feed(writer, 0, elements);
			return writer.pipe();
		}

		@Override
		public Flow.Publisher<Long> createFailedFlowPublisher() {
			PipeWriter<Long> writer = PipeWriter.create();
			writer.fail(new IllegalStateException("as the TCK wants it"));
			return writer.pipe();
		}

		/**
		 * Tried again, since it gives the garbage collector no more than 100 ms.
		 */
		@Override
		@org.testng.annotations.Test
		public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
				throws Throwable {
			for (int attempt = 1; attempt < 10; attempt++) {
				try {
					super.required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber();
					return;
				}
				catch (AssertionError ex) {
					setUp();
				}
			}
			super.required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber();
		}

		final void feed(PipeWriter<Long> writer, long first, long end) {
			long next = first;
			while (next < end && writer.tryWrite(next)) {
				next++;
			}
			if (next == end) {
				writer.close();
			}
			else if (!writer.isClosed()) {
				long rest = next;
				whenRoom(writer.pushback(), () -> feed(writer, rest, end));
			}
		}

		abstract void whenRoom(CompletableFuture<Void> pushback, Runnable goOn);

	}

	public static final class FedWithinPushback extends PipeVerification {

		@Override
		void whenRoom(CompletableFuture<Void> pushback, Runnable goOn) {
			pushback.thenRun(goOn);
		}

	}

	public static final class FedElsewhere extends PipeVerification {

		@Override
		void whenRoom(CompletableFuture<Void> pushback, Runnable goOn) {
			pushback.thenRunAsync(goOn);
		}

	}

}
