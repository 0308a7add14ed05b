package io.persistentconn.durable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.SlowConsumerException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D2")
@ExtendWith(Quiet.class)
class StatusTests {

	private final World world = new World().withoutHeartbeats();

	private final PersistentConnection<RpcConnection> connection = this.world.connection();

	private final List<SubscriptionStatus> told = new ArrayList<>();

	private Pipe<StateUpdate<Long, Long, String>> pipe;

	@Test
	void aListenerLearnsOfEveryChange() {
		this.world.up = false;
		subscribe(this.told::add);
		expect(status(Phase.CONNECTING, 0, 1, 0, 0, 0), status(Phase.CONNECTING, 0, 1, 0, 0, 1, "refused"));
		this.world.comeUp();
		this.world.decision = (name, writer) -> CompletableFuture.completedFuture(Outcome.rejected("no"));
		this.world.advance(2);
		expect(status(Phase.CONNECTING, 0, 2, 0, 0, 1, "refused"),
				status(Phase.CONNECTING, 0, 2, 0, 0, 2, "StateRpc(book v1): the server rejected the query: no"));
		this.world.decision = this.world::accept;
		this.world.advance(2);
		expect(status(Phase.CONNECTING, 0, 3, 0, 0, 2, "StateRpc(book v1): the server rejected the query: no"),
				status(Phase.ESTABLISHED, 4, 3, 1, 0, 0));
		this.world.advance(1);
		this.world.endStreams();
		this.world.run();
		expect(status(Phase.RECOVERING, 5, 3, 1, 1, 0));
		this.world.advance(2);
		expect(status(Phase.RECOVERING, 5, 4, 1, 1, 0), status(Phase.ESTABLISHED, 7, 4, 2, 1, 0));
		this.world.change(1);
		this.world.run();
		assertThat(this.told).as("no change for an update").isEmpty();
		this.pipe.close();
		this.world.run();
		expect(status(Phase.CLOSED, 7, 4, 2, 1, 0));
	}

	@Test
	void nothingIsToldAfterTheEnd() {
		this.world.decision = (name, writer) -> new CompletableFuture<>();
		subscribe(this.told::add);
		this.told.clear();
		this.pipe.close();
		this.world.advance(60);
		expect(status(Phase.CLOSED, 0, 1, 0, 0, 0));
	}

	@Test
	void whatIsLostSaysWhy() {
		subscribe(this.told::add);
		this.told.clear();
		this.world.cut();
		this.world.run();
		assertThat(this.told).singleElement()
			.satisfies((status) -> assertThat(status.lastError().orElseThrow()).hasMessageContaining("lost: reset"));
		this.world.advance(2);
		this.told.clear();
		for (int i = 0; i < 2000; i++) {
			this.world.change(i);
		}
		this.world.run();
		assertThat(this.told).singleElement()
			.satisfies(
					(status) -> assertThat(status.lastError().orElseThrow()).isInstanceOf(SlowConsumerException.class));
	}

	@Test
	void aStreamThatIsClosedForItsSlowReaderSaysSo() {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
				SubscriptionOptions.resubscribeAfter(Duration.ofSeconds(2))
					.withBuffer(1, Overflow.CLOSE)
					.withListener(this.told::add));
		this.world.run();
		this.world.change(1);
		this.world.change(2);
		this.world.run();
		assertThat(this.told).last().satisfies((status) -> {
			assertThat(status.phase()).isEqualTo(Phase.CLOSED);
			assertThat(status.lastError().orElseThrow()).isInstanceOf(SlowConsumerException.class);
		});
	}

	@Test
	void theListenerIsToldBeforeTheStream() {
		subscribe((status) -> {
			this.told.add(status);
			if (status.phase() == Phase.ESTABLISHED) {
				assertThat(News.of(this.pipe)).doesNotContain("success 1");
			}
		});
		assertThat(this.told).last().extracting(SubscriptionStatus::phase).isEqualTo(Phase.ESTABLISHED);
		assertThat(News.of(this.pipe)).contains("success 1");
	}

	@Test
	void aListenerThatThrowsDisturbsNothing() {
		subscribe((status) -> {
			throw new IllegalStateException("expected by the test");
		});
		assertThat(News.of(this.pipe)).containsExactly("attempting", "success 1", "state 1");
	}

	@Test
	void anUpdateListenerHearsOfEachStateAndUpdateBeforeTheStream() {
		List<String> heard = new ArrayList<>();
		this.world.up = false;
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
				SubscriptionOptions.resubscribeAfter(Duration.ofSeconds(2)).withUpdateListener(() -> {
					List<String> told = (this.pipe != null) ? News.of(this.pipe) : List.of();
					heard.add(this.world.time.instant().getEpochSecond() + " after " + told);
				}));
		this.world.run();
		this.world.comeUp();
		this.world.advance(2);
		this.world.advance(1);
		this.world.change(7);
		this.world.change(8);
		this.world.advance(1);
		this.world.endStreams();
		this.world.advance(2);
		assertThat(heard).containsExactly("2 after [attempting, failed: refused, attempting, success 1]",
				"3 after [state 1]", "3 after [update 7]", "6 after [update 8, lost, attempting, success 2]");
	}

	@Test
	void anUpdateListenerThatThrowsDisturbsNothing() {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
				SubscriptionOptions.resubscribeAfter(Duration.ofSeconds(2)).withUpdateListener(() -> {
					throw new IllegalStateException("expected by the test");
				}));
		this.world.run();
		this.world.change(7);
		this.world.run();
		assertThat(News.of(this.pipe)).containsExactly("attempting", "success 1", "state 1", "update 7");
	}

	private void subscribe(Consumer<SubscriptionStatus> listener) {
		this.pipe = DurableStateRpc.create(Durable.of(this.connection), World.BOOK, "a",
				SubscriptionOptions.resubscribeAfter(Duration.ofSeconds(2)).withListener(listener));
		this.world.run();
	}

	/** These came, and no others. */
	private void expect(Object... expected) {
		assertThat(this.told.stream().<Object>map(StatusTests::describe)).containsExactly(expected);
		this.told.clear();
	}

	private static List<Object> describe(SubscriptionStatus status) {
		return List.of(status.phase(), status.since(), status.attempts(), status.established(), status.lost(),
				status.failuresInARow(), status.lastError().map(Throwable::getMessage));
	}

	private static Object status(Phase phase, long since, long attempts, long established, long lost, int failures) {
		return status(phase, since, attempts, established, lost, failures, Optional.empty());
	}

	private static Object status(Phase phase, long since, long attempts, long established, long lost, int failures,
			String error) {
		return status(phase, since, attempts, established, lost, failures, Optional.of(error));
	}

	private static Object status(Phase phase, long since, long attempts, long established, long lost, int failures,
			Optional<String> error) {
		return List.of(phase, Instant.ofEpochSecond(since), attempts, established, lost, failures, error);
	}

}
