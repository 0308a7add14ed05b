package io.persistentconn.autoconfigure.netty;

import java.time.Duration;

import io.persistentconn.autoconfigure.properties.KeepAliveProperties;
import io.persistentconn.tcp.KeepAlive;
import io.persistentconn.tcp.Liveness;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EntryLivenessTests {

	private static final Duration IDLE = Duration.ofSeconds(60);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final KeepAliveProperties KEEP_ALIVE = new KeepAliveProperties(IDLE, INTERVAL, 6);

	@Test
	void allThreeMeansAreTranslated() {
		Liveness liveness = new EntryLiveness("epoll", true).of("entry", KEEP_ALIVE, Duration.ofSeconds(1),
				Duration.ofSeconds(2));
		assertThat(liveness)
			.isEqualTo(new Liveness(new KeepAlive(IDLE, INTERVAL, 6), Duration.ofSeconds(1), Duration.ofSeconds(2)));
	}

	@Test
	void keepAliveIsLeftOutWhereThePlatformCannot() {
		Liveness liveness = new EntryLiveness("nio", false).of("entry", KEEP_ALIVE, null, Duration.ofSeconds(2));
		assertThat(liveness).isEqualTo(new Liveness(null, null, Duration.ofSeconds(2)));
	}

	@Test
	void aUserTimeoutNeedsEpoll() {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new EntryLiveness("nio", true).of("entry", KEEP_ALIVE, Duration.ofSeconds(1), null))
			.satisfies((error) -> assertThat(error.getName()).isEqualTo("entry.user-timeout"));
	}

	@Test
	void inMemoryNoPeerVanishes() {
		Liveness liveness = new EntryLiveness("memory", true).of("entry", KEEP_ALIVE, Duration.ofSeconds(1),
				Duration.ofSeconds(2));
		assertThat(liveness).isEqualTo(new Liveness(null, null, Duration.ofSeconds(2)));
	}

}
