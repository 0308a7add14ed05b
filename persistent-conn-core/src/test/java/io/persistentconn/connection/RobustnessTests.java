package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.connection.ConnectionEvent.Connected;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners, and callbacks that misbehave: C10, C11, C12.
 */
class RobustnessTests {

	@Test
	@Tag("C10")
	void anyNumberOfListenersObserveEventsAndALateOneReceivesTheLastFirst() {
		Scenario scenario = new Scenario();
		List<String> early = new ArrayList<>();
		List<String> late = new ArrayList<>();
		scenario.connection.addListener((event) -> early.add(Scenario.describe(event)));
		scenario.refuse("refused");
		scenario.start();
		scenario.connection.addListener((event) -> late.add(Scenario.describe(event)));
		scenario.time.run();
		scenario.accept();
		scenario.advanceSeconds(10);
		assertThat(early).containsExactly("attempting", "obtained a", "failed refused", "connected #1");
		assertThat(late).containsExactly("failed refused", "connected #1");
	}

	@Test
	@Tag("C10")
	void aListenerThatThrowsDisturbsNobody() {
		Scenario scenario = new Scenario();
		List<String> heard = new ArrayList<>();
		scenario.connection.addListener((event) -> {
			throw new IllegalStateException("listener");
		});
		scenario.connection.addListener((event) -> heard.add(Scenario.describe(event)));
		scenario.start();
		assertThat(heard).containsExactly("attempting", "obtained a", "connected #1");
	}

	@Test
	@Tag("C10")
	void aCancelledListenerHearsNoMore() {
		Scenario scenario = new Scenario();
		List<String> heard = new ArrayList<>();
		Cancellable listener = scenario.connection.addListener((event) -> heard.add(Scenario.describe(event)));
		scenario.refuse("refused");
		scenario.start();
		listener.cancel();
		listener.cancel();
		scenario.accept();
		scenario.advanceSeconds(10);
		assertThat(heard).containsExactly("attempting", "obtained a", "failed refused");
	}

	@Test
	@Tag("C11")
	void aSupplierOrConnectorThatThrowsFailsOrGivesNothingCostsThatAttempt() {
		Scenario scenario = new Scenario();
		List<AddressSupplier<List<String>>> bad = List.of(() -> {
			throw new java.io.IOException("supplier");
		}, () -> CompletableFuture.failedStage(new IllegalStateException("supplier failed")), () -> null,
				() -> CompletableFuture.completedStage(null), () -> CompletableFuture.completedStage(List.of()));
		AtomicInteger calls = new AtomicInteger();
		scenario.addresses = () -> {
			int call = calls.getAndIncrement();
			return (call < bad.size()) ? bad.get(call).get() : CompletableFuture.completedStage(List.of("a"));
		};
		scenario.connect = (address) -> switch (calls.get() - bad.size()) {
			case 1 -> throw new IllegalStateException("connector");
			case 2 -> CompletableFuture.failedStage(new IllegalStateException("connector failed"));
			case 3 -> null;
			case 4 -> CompletableFuture.completedStage(null);
			default -> CompletableFuture.completedStage(scenario.newConnection());
		};
		scenario.start();
		scenario.advanceSeconds(90);
		assertThat(scenario.log.stream().filter((line) -> line.contains(" failed ") || line.contains(" connected ")))
			.containsExactly("0 failed supplier", "10 failed supplier failed",
					"20 failed test: got null (expected: a stage)", "30 failed test: no address to connect to",
					"50 failed connector", "60 failed connector failed", "70 failed test: got null (expected: a stage)",
					"80 failed test: the connector delivered null (expected: a connection)", "90 connected #1");
	}

	@Test
	@Tag("C11")
	void aHandlerThatThrowsOrFailsDoesNotHoldBackTheNextStep() {
		for (boolean throwing : new boolean[] { true, false }) {
			Scenario scenario = new Scenario();
			scenario.handler = (event) -> {
				if (throwing) {
					throw new IllegalStateException("handler");
				}
				return CompletableFuture.failedStage(new IllegalStateException("handler"));
			};
			scenario.refuse("refused");
			scenario.start();
			scenario.accept();
			scenario.advanceSeconds(10);
			assertThat(scenario.connection.currentConnection()).as("Connected threw and cost nothing").isPresent();
			scenario.lastConnection().die();
			scenario.advanceSeconds(10);
			assertThat(scenario.connections).hasSize(2);
		}
	}

	@Test
	@Tag("C11")
	void anEqualityADelayAndAGeneratorThatThrowAreSurvived() {
		Scenario scenario = new Scenario((builder) -> builder.sameAddress((a, b) -> {
			throw new IllegalStateException("equality");
		}).sameError((a, b) -> {
			throw new IllegalStateException("equality");
		}).retryDelay((failures) -> {
			if (failures == 0) {
				throw new IllegalStateException("delay");
			}
			return (failures == 1) ? Duration.ZERO : Duration.ofSeconds(1);
		}).random(() -> {
			throw new IllegalStateException("random");
		}));
		scenario.refuse("refused");
		scenario.start();
		scenario.advanceSeconds(20);
		assertThat(scenario.log.stream().filter((line) -> line.contains(" connect "))).containsExactly("0 connect a",
				"10 connect a", "20 connect a");
	}

	@Test
	@Tag("C11")
	void aGeneratorThatThrowsAfterALossIsSurvived() {
		Scenario scenario = new Scenario((builder) -> builder.initialSpread(Duration.ofSeconds(5)).random(() -> {
			throw new IllegalStateException("random");
		}));
		scenario.start();
		scenario.advanceSeconds(60);
		scenario.lastConnection().die();
		scenario.time.run();
		assertThat(scenario.connections).hasSize(2);
	}

	@Test
	@Tag("C11")
	void anAddressThatCannotEvenBeComparedOrPrintedIsSurvived() {
		record Hostile(int number) {

			@Override
			public boolean equals(Object other) {
				throw new IllegalStateException("equals");
			}

			@Override
			public int hashCode() {
				return this.number;
			}

			@Override
			public String toString() {
				throw new IllegalStateException("toString");
			}

		}
		Scenario scenario = new Scenario();
		AtomicInteger attempts = new AtomicInteger();
		PersistentConnection<FakeConnection> connection = PersistentConnection
			.<Hostile, FakeConnection>builder("hostile",
					(context, address) -> (attempts.incrementAndGet() < 6)
							? CompletableFuture.failedStage(new IllegalStateException("refused"))
							: CompletableFuture.completedStage(scenario.newConnection()))
			.addresses(() -> CompletableFuture.completedStage(List.of(new Hostile(1), new Hostile(2))))
			.timeSource(scenario.time)
			.start();
		scenario.advanceSeconds(60);
		assertThat(connection.currentConnection()).isPresent();
		scenario.lastConnection().die();
		scenario.advanceSeconds(60);
		assertThat(connection.status().disconnects()).isEqualTo(1);
		assertThat(connection.status().failures()).as("comparing with the last good one fails").isGreaterThan(3);
	}

	@Test
	@Tag("C11")
	void aConnectionThatThrowsOnEverythingIsSurvived() {
		Scenario scenario = new Scenario();
		PersistentConnection<Broken> connection = PersistentConnection
			.<String, Broken>builder("broken", (context, address) -> CompletableFuture.completedStage(new Broken()))
			.address(() -> CompletableFuture.completedStage("a"))
			.retryDelay(RetryDelay.constant(Duration.ofSeconds(10)).jittered(0))
			.timeSource(scenario.time)
			.start();
		scenario.advanceSeconds(35);
		assertThat(connection.status().connects()).isEqualTo(4);
		CompletableFuture<Void> closed = connection.closeAsync();
		scenario.time.run();
		assertThat(closed).isCompleted();
	}

	@Test
	@Tag("C12")
	void allStepsAndCallbacksRunOneAtATimeOnTheOwner() {
		// A real, concurrent owner: many threads hand in, and completions come from other
		// threads.
		TimeSource time = TimeSource.wallClock();
		AtomicInteger running = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger connects = new AtomicInteger();
		Runnable callback = () -> {
			if (running.incrementAndGet() != 1 || !time.inOwner()) {
				overlaps.incrementAndGet();
			}
			running.decrementAndGet();
		};
		PersistentConnection<FakeConnection> connection = PersistentConnection
			.<String, FakeConnection>builder("owned", (context, address) -> {
				callback.run();
				return CompletableFuture.supplyAsync(() -> new FakeConnection("#" + connects.incrementAndGet()));
			})
			.address(() -> {
				callback.run();
				return CompletableFuture.supplyAsync(() -> "a");
			})
			.onEvent((event) -> {
				callback.run();
				if (event instanceof Connected<String, FakeConnection> connected) {
					CompletableFuture.runAsync(connected.connection()::die);
				}
				return CompletableFuture.runAsync(() -> {
				});
			})
			.retryDelay(RetryDelay.constant(Duration.ofNanos(1)))
			.timeSource(time)
			.build();
		connection.addListener((event) -> callback.run());
		connection.start();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> connects.get() > 200);
		connection.close();
		assertThat(overlaps).hasValue(0);
	}

	private static final class Broken implements AsyncCloseable {

		@Override
		public CompletableFuture<Void> closeAsync() {
			throw new IllegalStateException("closeAsync");
		}

		@Override
		public boolean isClosed() {
			throw new IllegalStateException("isClosed");
		}

		@Override
		public CompletableFuture<Void> closeFinished() {
			throw new IllegalStateException("closeFinished");
		}

		@Override
		public java.util.Optional<Throwable> closeReason() {
			throw new IllegalStateException("closeReason");
		}

	}

}
