package io.persistentconn.tcp;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many descriptors the operating system lets this process have.
 */
final class DescriptorLimit {

	private DescriptorLimit() {
	}

	/** Asks; empty where there is no such limit, or no way to know it. */
	static OptionalLong ofProcess() {
		try {
			return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
					? OptionalLong.of(unix.getMaxFileDescriptorCount()) : OptionalLong.empty();
		}
		catch (LinkageError ex) {
			// A runtime without the module jdk.management.
			return OptionalLong.empty();
		}
	}

	/** The default of rule T7. */
	static int defaultMaxConnections(OptionalLong descriptors) {
		long most = (descriptors.orElse(0) / 10) * 9;
		return (int) Math.max(10_000, Math.min(most, Integer.MAX_VALUE));
	}

}
