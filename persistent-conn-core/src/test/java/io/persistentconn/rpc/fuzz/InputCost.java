package io.persistentconn.rpc.fuzz;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * What an input of a fuzz target may cost: memory in proportion to its length, and no
 * buffer that is not released afterwards.
 */
public final class InputCost {

	/** An error has a stack trace, a connection its parts. */
	private static final long FREE = 1024 * 1024;

	private static final long PER_BYTE = 1024;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private InputCost() {
	}

	/**
	 * Runs what takes an input, once more if that took much: then its classes are loaded.
	 * @param length of the input
	 * @param run uses no other buffers than {@code Unpooled} ones
	 * @throws AssertionError if it took too much, or leaked
	 */
	public static void check(int length, Runnable run) {
		long used = usedByBuffers();
		long most = FREE + PER_BYTE * length;
		if (allocatedBy(run) > most) {
			long allocated = allocatedBy(run);
			if (allocated > most) {
				throw new AssertionError(allocated + " bytes were allocated for an input of " + length
						+ " (expected: at most " + most + ")");
			}
		}
		if (usedByBuffers() != used) {
			throw new AssertionError(usedByBuffers() - used + " bytes were not released (expected: 0)");
		}
	}

	private static long allocatedBy(Runnable run) {
		long before = THREADS.getCurrentThreadAllocatedBytes();
		run.run();
		return THREADS.getCurrentThreadAllocatedBytes() - before;
	}

	private static long usedByBuffers() {
		return UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory()
				+ UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
	}

}
