package io.persistentconn.autoconfigure.testing;

import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The TCK of Reactive Streams, which is written for TestNG.
 */
public abstract class Tck extends FlowPublisherVerification<Long> {

	/**
	 * How many tests there are at least, without those of many subscribers, and of
	 * publishers that fail at once.
	 */
	private static final int TESTS = 24;

	protected Tck() {
		super(new TestEnvironment(30_000, 20, 5), 10);
	}

	/** Runs the tests of a subclass, which must be public. */
	public static void verify(Class<? extends Tck> verification) {
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
		assertThat(results.getPassedTests()).hasSizeGreaterThanOrEqualTo(TESTS);
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

}
