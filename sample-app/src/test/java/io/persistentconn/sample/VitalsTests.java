package io.persistentconn.sample;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VitalsTests {

	private final VitalsSource source = new VitalsSource();

	@Test
	void areThoseOfThisProcess() {
		Vitals vitals = this.source.measure();
		assertThat(vitals.pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(vitals.heapUsed()).isPositive().isLessThanOrEqualTo(vitals.heapCommitted());
		assertThat(vitals.heapMax()).hasValue(Runtime.getRuntime().maxMemory());
		assertThat(vitals.threads()).isPositive();
		assertThat(vitals.uptimeMillis()).isPositive()
			.isLessThanOrEqualTo(ManagementFactory.getRuntimeMXBean().getUptime());
	}

	@Test
	void countGarbageCollections() {
		long before = this.source.measure().gcCount();
		System.gc();
		assertThat(this.source.measure().gcCount()).isGreaterThan(before);
	}

	@Test
	void haveSharesOfOneOrNone() {
		Vitals vitals = this.source.measure();
		assertThat(Stream.of(vitals.processCpu(), vitals.machineCpu()).flatMap(Optional::stream))
			.allSatisfy((share) -> assertThat(share).isBetween(0.0, 1.0));
	}

	@Test
	void comeWithWhoTheNodeIs() {
		NodeInfo info = this.source.nodeInfo();
		assertThat(info.name()).startsWith(ProcessHandle.current().pid() + "@");
		assertThat(info.java()).isEqualTo(System.getProperty("java.version"));
		assertThat(info.system()).contains(System.getProperty("os.name"));
		assertThat(info.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(info.started()).isEqualTo(ManagementFactory.getRuntimeMXBean().getStartTime());
	}

}
