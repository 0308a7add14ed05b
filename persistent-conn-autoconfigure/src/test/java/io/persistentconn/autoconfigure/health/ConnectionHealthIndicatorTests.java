package io.persistentconn.autoconfigure.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.testing.FakeConnection;
import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.connection.ConnectionEvent;
import io.persistentconn.connection.ConnectionStatus.Phase;
import io.persistentconn.connection.PersistentConnection;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class ConnectionHealthIndicatorTests {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private static final Duration INSTANT = Duration.ofNanos(1);

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final FakePeer peer = new FakePeer();

	private final PersistentConnection<FakeConnection> connection = this.peer.connection("quotes")
		.timeSource(this.time)
		.build();

	@Test
	void isUnknownBeforeItIsStarted() {
		Health health = required();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsExactly(entry("state", Phase.NOT_STARTED),
				entry("since", Instant.EPOCH));
	}

	@Test
	void isUpWhileConnected() {
		start();
		this.time.advanceBy(Duration.ofDays(1));
		Health health = required();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(entry("state", Phase.CONNECTED), entry("address", "peer:1"),
				entry("since", Instant.EPOCH));
	}

	@Test
	void aLossIsForgivenWithinTheGracePeriodAndNotBeyond() {
		start();
		this.time.advanceBy(Duration.ofSeconds(100));
		this.peer.refuse(new IllegalStateException("refused"));
		this.peer.last().lose(new IllegalStateException("reset"));
		this.time.run();
		this.time.advanceBy(GRACE.minus(INSTANT));
		assertThat(required().getStatus()).isEqualTo(Status.UP);
		this.time.advanceBy(INSTANT);
		Health health = required();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsExactly(entry("state", Phase.CONNECTING), entry("address", "peer:1"),
				entry("since", Instant.ofEpochSecond(100)), entry("attempts", 4),
				entry("lastError", "java.lang.IllegalStateException: refused"),
				entry("nextRetry", Instant.ofEpochSecond(140)));
	}

	@Test
	void theFirstConnectionHasTheSameGracePeriod() {
		this.peer.refuse(new IllegalStateException("refused"));
		start();
		this.time.advanceBy(GRACE.minus(INSTANT));
		assertThat(required().getStatus()).isEqualTo(Status.UP);
		this.time.advanceBy(INSTANT);
		assertThat(required().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void withoutAGracePeriodALossIsDownAtOnce() {
		this.peer.refuse(new IllegalStateException("refused"));
		start();
		assertThat(health(true, Duration.ZERO).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void isUpAgainOnceConnectedAgain() {
		this.peer.refuse(new IllegalStateException("refused"));
		start();
		this.time.advanceBy(GRACE);
		this.peer.accept();
		this.time.advanceBy(Duration.ofSeconds(10));
		assertThat(required().getStatus()).isEqualTo(Status.UP);
		assertThat(required().getDetails()).doesNotContainKeys("attempts", "lastError", "nextRetry");
	}

	@Test
	void whatIsNotRequiredIsUpButTellsWhatIsWrong() {
		this.peer.refuse(new IllegalStateException("refused"));
		start();
		this.time.advanceBy(GRACE.multipliedBy(100));
		Health health = health(false, GRACE);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("state", Phase.CONNECTING)
			.containsEntry("lastError", "java.lang.IllegalStateException: refused");
		this.connection.closeAsync();
		this.time.run();
		assertThat(health(false, GRACE).getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isOutOfServiceWhilePaused() {
		start();
		this.connection.pause();
		this.time.run();
		assertThat(required().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(required().getDetails()).containsEntry("state", Phase.PAUSED);
		this.connection.resume();
		this.time.run();
		assertThat(required().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isOutOfServiceWhileClosingAndClosed() {
		start();
		List<Health> whileClosing = new ArrayList<>();
		this.connection.addListener((event) -> {
			if (event instanceof ConnectionEvent.Disconnected) {
				whileClosing.add(required());
			}
		});
		this.connection.closeAsync();
		this.time.run();
		assertThat(whileClosing).singleElement().satisfies((health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).containsEntry("state", Phase.CLOSING);
		});
		assertThat(required().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(required().getDetails()).containsEntry("state", Phase.CLOSED);
	}

	private void start() {
		this.connection.start();
		this.time.run();
	}

	private Health required() {
		return health(true, GRACE);
	}

	private Health health(boolean required, Duration gracePeriod) {
		ConnectionProperties.Health properties = new ConnectionProperties.Health(true, required, gracePeriod);
		return new ConnectionHealthIndicator(this.connection, properties, this.time::instant).health();
	}

}
