package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.time.Instant;

import io.persistentconn.concurrent.VirtualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastUpdateTests {

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final LastUpdate lastUpdate = new LastUpdate(this.time);

	@Test
	void isNotKnownBeforeThereIsOne() {
		this.time.advanceBy(Duration.ofSeconds(1));
		assertThat(this.lastUpdate.at()).isEmpty();
		assertThat(this.lastUpdate.age()).isEmpty();
	}

	@Test
	void tellsTheTimeOfTheLastOneHoweverLateItIsAsked() {
		this.lastUpdate.received();
		assertThat(this.lastUpdate.at()).contains(Instant.EPOCH);
		assertThat(this.lastUpdate.age()).contains(Duration.ZERO);
		this.time.advanceBy(Duration.ofSeconds(3));
		this.lastUpdate.received();
		this.time.advanceBy(Duration.ofHours(2));
		assertThat(this.lastUpdate.at()).contains(Instant.ofEpochSecond(3));
		assertThat(this.lastUpdate.age()).contains(Duration.ofHours(2));
	}

}
