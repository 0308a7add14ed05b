package io.persistentconn.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails the test run if any buffer leaked in it. Netty only logs a leak, when it happens
 * to notice it; this collects what it notices, and makes it look once more at the end.
 */
public final class LeakCheck implements LauncherSessionListener {

	private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new CollectingFactory());
	}

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		for (int i = 0; i < 5 && leaks.isEmpty(); i++) {
			System.gc();
			// Netty looks at its queue of collected, unreleased buffers when it tracks a
			// new one.
			ByteBuf probe = PooledByteBufAllocator.DEFAULT.directBuffer(1);
			probe.release();
		}
		if (!leaks.isEmpty()) {
			throw new AssertionError(leaks.size() + " buffer leak(s):\n" + String.join("\n", leaks));
		}
	}

	private static final class CollectingFactory extends ResourceLeakDetectorFactory {

		@Override
		@SuppressWarnings("deprecation") // abstract in the superclass
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
				long maxActive) {
			return newResourceLeakDetector(resource, samplingInterval);
		}

		@Override
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
			return new ResourceLeakDetector<>(resource, samplingInterval) {

				@Override
				protected boolean needReport() {
					return true;
				}

				@Override
				protected void reportTracedLeak(String resourceType, String records) {
					leaks.add(resourceType + records);
				}

				@Override
				protected void reportUntracedLeak(String resourceType) {
					leaks.add(resourceType);
				}
			};
		}

	}

}
