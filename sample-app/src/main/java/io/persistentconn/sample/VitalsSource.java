package io.persistentconn.sample;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.time.Clock;
import java.util.function.ToLongFunction;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Measures this process and its machine, through the platform's MXBeans.
 */
@Component
class VitalsSource {

	private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();

	private final Clock clock;

	VitalsSource(Clock clock) {
		this.clock = clock;
	}

	Vitals measure() {
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		return new Vitals(this.clock.instant(), this.process.getPid(), this.machine.getAvailableProcessors(),
				known(this.machine.getProcessCpuLoad()), known(this.machine.getCpuLoad()),
				known(this.machine.getSystemLoadAverage()), heap.getUsed(), heap.getCommitted(),
				(heap.getMax() >= 0) ? heap.getMax() : null, ManagementFactory.getThreadMXBean().getThreadCount(),
				sum(GarbageCollectorMXBean::getCollectionCount), sum(GarbageCollectorMXBean::getCollectionTime),
				this.process.getUptime());
	}

	/** The MXBeans tell a negative number, or none, as long as they do not know. */
	private static @Nullable Double known(double value) {
		return (value >= 0) ? value : null;
	}

	private static long sum(ToLongFunction<GarbageCollectorMXBean> value) {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(value)
			.filter((number) -> number >= 0)
			.sum();
	}

}
