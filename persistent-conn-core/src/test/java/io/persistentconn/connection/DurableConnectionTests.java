package io.persistentconn.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.durable.Durable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link Durable} of a persistent connection, seen from the connection.
 */
@Tag("D1")
class DurableConnectionTests {

	private final Scenario scenario = new Scenario();

	private final Durable<FakeConnection> durable = Durable.of(this.scenario.connection);

	@Test
	void aUseGetsTheConnectionThatIsThere() {
		this.scenario.start();
		assertThat(use()).isCompletedWithValue("#1");
		assertThat(this.durable.isIntact()).isTrue();
		assertThat(this.durable.timeSource()).isSameAs(this.scenario.time);
	}

	@Test
	void aUseWaitsForTheOutcomeOfOneAttempt() {
		this.scenario.refuse("no");
		CompletableFuture<String> failed = use();
		assertThat(failed).isNotDone();
		this.scenario.start();
		assertThat(failed).isCompletedExceptionally();
		CompletableFuture<String> next = use();
		assertThat(next).isNotDone();
		this.scenario.accept();
		this.scenario.advanceSeconds(10);
		assertThat(next).isCompletedWithValue("#1");
	}

	@Test
	void aConnectionThatIsClosingIsBroken() {
		this.scenario.start();
		use();
		FakeConnection first = this.scenario.lastConnection().lingering();
		first.beginClosing();
		assertThat(this.durable.isIntact()).isFalse();
		CompletableFuture<String> next = use();
		assertThat(next).isNotDone();
		first.finishClosing();
		this.scenario.advanceSeconds(10);
		assertThat(next).isCompletedWithValue("#2");
	}

	@Test
	void usesThatAreGivenUpLeaveNothingAtTheConnection() {
		CompletableFuture<String> first = use();
		CompletableFuture<String> second = use();
		assertThat(this.scenario.connection.waiting()).isOne();
		first.cancel(false);
		this.scenario.time.run();
		assertThat(this.scenario.connection.waiting()).isOne();
		second.cancel(false);
		this.scenario.time.run();
		assertThat(this.scenario.connection.waiting()).isZero();
		CompletableFuture<String> third = use();
		this.scenario.start();
		this.scenario.advance(Duration.ZERO);
		assertThat(third).isCompletedWithValue("#1");
	}

	private CompletableFuture<String> use() {
		CompletableFuture<String> use = this.durable
			.with((connection) -> CompletableFuture.completedFuture(connection.toString()));
		this.scenario.time.run();
		return use;
	}

}
