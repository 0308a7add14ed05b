package io.persistentconn.sample;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.util.Optional;
import java.util.function.ToLongFunction;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.stereotype.Component;

/**
 * Measures this process and its machine, through the platform's MXBeans.
 */
@Component
class VitalsSource {

	private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();

	NodeInfo nodeInfo() {
		return new NodeInfo(this.process.getName(), System.getProperty("java.version"),
				this.machine.getName() + " " + this.machine.getArch(), this.machine.getAvailableProcessors(),
				this.process.getStartTime());
	}

	/** The shares of the processors are those since the last measurement. */
	Vitals measure() {
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		return new Vitals(this.process.getPid(), known(this.machine.getProcessCpuLoad()),
				known(this.machine.getCpuLoad()), known(this.machine.getSystemLoadAverage()), heap.getUsed(),
				heap.getCommitted(), (heap.getMax() >= 0) ? Optional.of(heap.getMax()) : Optional.empty(),
				ManagementFactory.getThreadMXBean().getThreadCount(), sum(GarbageCollectorMXBean::getCollectionCount),
				sum(GarbageCollectorMXBean::getCollectionTime), this.process.getUptime());
	}

	/** The MXBeans tell a negative number, or none, as long as they do not know. */
	private static Optional<Double> known(double value) {
		return (value >= 0) ? Optional.of(value) : Optional.empty();
	}

	private static long sum(ToLongFunction<GarbageCollectorMXBean> value) {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(value)
			.filter((number) -> number >= 0)
			.sum();
	}

}
