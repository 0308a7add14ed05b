package io.persistentconn.sample;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class VitalsTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

	private final VitalsSource source = new VitalsSource(Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void areThoseOfThisProcess() {
		Vitals vitals = this.source.measure();
		assertThat(vitals.at()).isEqualTo(NOW);
		assertThat(vitals.pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(vitals.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(vitals.heapUsed()).isPositive().isLessThanOrEqualTo(vitals.heapCommitted());
		assertThat(vitals.heapMax()).isEqualTo(Runtime.getRuntime().maxMemory());
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
		for (Double share : new Double[] { this.source.measure().processCpu(), this.source.measure().machineCpu() }) {
			if (share != null) {
				assertThat(share).isBetween(0.0, 1.0);
			}
		}
	}

	@Test
	void areOneLineOfJson() {
		JsonMapper json = new JsonMapper();
		Vitals vitals = this.source.measure();
		String line = json.writeValueAsString(vitals);
		assertThat(line).doesNotContain("\n").contains("\"at\":\"2026-01-02T03:04:05.006Z\"");
		assertThat(json.readValue(line, Vitals.class)).isEqualTo(vitals);
	}

	@Test
	void mayLackWhatThePlatformDoesNotTell() {
		JsonMapper json = new JsonMapper();
		Vitals vitals = new Vitals(NOW, 1, 2, null, null, null, 3, 4, null, 5, 6, 7, 8);
		assertThat(json.readValue(json.writeValueAsString(vitals), Vitals.class)).isEqualTo(vitals);
	}

}
