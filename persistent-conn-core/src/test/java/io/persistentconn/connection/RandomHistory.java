package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.connection.ConnectionEvent.FailedToConnect;

/**
 * One persistent connection among random peers, handlers and users, for an hour of
 * virtual time, and all that happened. The same seed gives the same history.
 */
final class RandomHistory {

	/** What happens, in the order in which it does. Lines begin with the nanosecond. */
	final List<String> timeline = new ArrayList<>();

	final List<String> violations = new ArrayList<>();

	final Scenario scenario;

	final List<CompletableFuture<FakeConnection>> outcomes = new ArrayList<>();

	private final SplittableRandom random;

	private final RetryDelay retryDelay;

	private boolean handlerBusy;

	private boolean closeRequested;

	RandomHistory(long seed) {
		this.random = new SplittableRandom(seed);
		double jitter = this.random.nextBoolean() ? 0 : 0.3;
		this.retryDelay = (this.random.nextBoolean() ? RetryDelay.constant(Duration.ofSeconds(10))
				: RetryDelay.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(30)))
			.jittered(jitter);
		Duration spread = Duration.ofSeconds(this.random.nextInt(3));
		// The seed of the connection's own randomness is another one, as it would be for
		// users.
		this.scenario = new Scenario((builder) -> builder.retryDelay(this.retryDelay)
			.initialSpread(spread)
			.random(new SplittableRandom(seed + 1)));
		this.scenario.addresses = this::lookUp;
		this.scenario.connect = this::connect;
		this.scenario.handler = this::handle;
	}

	/** Runs the hour, then closes and lets everything settle. */
	RandomHistory run() {
		this.scenario.connection.start();
		say("start");
		int actions = this.random.nextInt(12);
		for (int i = 0; i < actions; i++) {
			this.scenario.time.schedule(Duration.ofMillis(this.random.nextInt(3_600_000)), this::act);
		}
		this.scenario.advanceSeconds(3_600);
		close();
		this.scenario.advanceSeconds(3_600);
		return this;
	}

	private void act() {
		PersistentConnection<FakeConnection> connection = this.scenario.connection;
		switch (this.random.nextInt(16)) {
			case 0 -> close();
			case 1, 2 -> {
				say("pause");
				connection.pause();
			}
			case 3, 4, 5 -> {
				say("resume");
				connection.resume();
			}
			case 6, 7 -> {
				say("retryNow");
				connection.retryNow();
			}
			case 8 -> {
				say("closeWhenCurrentConnectionIsClosed");
				connection.closeWhenCurrentConnectionIsClosed();
			}
			case 9 ->
				connection.connected().thenAccept((delivered) -> check(!delivered.isClosed(), "handed out closed"));
			case 10 -> connection.connected().cancel(false);
			default -> this.outcomes.add(connection.connectedOrFailedToConnect());
		}
	}

	private void close() {
		say("close");
		this.closeRequested = true;
		this.scenario.connection.closeAsync();
	}

	private CompletionStage<List<String>> lookUp() {
		check(!this.closeRequested, "looked up after close");
		say("lookup");
		return switch (this.random.nextInt(10)) {
			case 0 -> throw new IllegalStateException("lookup threw");
			case 1 -> CompletableFuture.failedStage(new IllegalStateException("lookup failed"));
			case 2 -> later(List.of("a", "b"));
			case 3, 4 -> CompletableFuture.completedStage(List.of("b", "a"));
			default -> CompletableFuture.completedStage(List.of("a"));
		};
	}

	private CompletionStage<FakeConnection> connect(String address) {
		check(!this.closeRequested, "connected after close");
		check(open() == 0, "connecting while a connection is open");
		say("connect " + address);
		ConnectContext context = this.scenario.contexts.get(this.scenario.contexts.size() - 1);
		switch (this.random.nextInt(60)) {
			case 0 -> {
				say("abort");
				context.abort(new IllegalStateException("aborted"));
			}
			case 1 -> close();
			default -> {
			}
		}
		return switch (this.random.nextInt(8)) {
			case 0 -> CompletableFuture.failedStage(new IllegalStateException("refused"));
			case 1 -> CompletableFuture.failedStage(new IllegalStateException("no route " + this.random.nextInt(2)));
			case 2 -> hangUntilInterrupted(context);
			case 3 -> throw new IllegalStateException("connector threw");
			case 4 -> later(livingFor(Duration.ofSeconds(this.random.nextInt(60))));
			case 5 -> CompletableFuture.completedStage(livingFor(Duration.ZERO));
			case 6 -> CompletableFuture.completedStage(livingFor(Duration.ofMillis(this.random.nextInt(5_000))));
			default -> CompletableFuture.completedStage(livingFor(Duration.ofMinutes(this.random.nextInt(30))));
		};
	}

	/** Hangs for long, but not for ever: then nothing else would be seen. */
	private CompletionStage<FakeConnection> hangUntilInterrupted(ConnectContext context) {
		CompletableFuture<FakeConnection> hanging = new CompletableFuture<>();
		context.interrupt().thenRun(() -> hanging.completeExceptionally(new IllegalStateException("interrupted")));
		this.scenario.time.schedule(Duration.ofMinutes(3),
				() -> hanging.completeExceptionally(new IllegalStateException("timed out")));
		return hanging;
	}

	private FakeConnection livingFor(Duration life) {
		FakeConnection connection = this.scenario.newConnection();
		if (this.random.nextInt(4) == 0) {
			connection.lingering();
			this.scenario.time.schedule(life.plusSeconds(this.random.nextInt(5)), connection::finishClosing);
		}
		if (life.isZero()) {
			connection.die();
		}
		else {
			this.scenario.time.schedule(life, connection::die);
		}
		return connection;
	}

	private CompletionStage<?> handle(ConnectionEvent<String, FakeConnection> event) {
		check(!this.handlerBusy, "the handler was called while it was at work");
		say(Scenario.describe(event)
				+ ((event instanceof FailedToConnect<?, ?> failed) ? " next in " + failed.nextAttemptIn() : ""));
		if (this.random.nextInt(60) == 0) {
			close();
		}
		return switch (this.random.nextInt(8)) {
			case 0 -> throw new IllegalStateException("handler threw");
			case 1 -> CompletableFuture.failedStage(new IllegalStateException("handler failed"));
			case 2 -> {
				this.handlerBusy = true;
				CompletableFuture<Void> slow = new CompletableFuture<>();
				this.scenario.time.schedule(Duration.ofMillis(this.random.nextInt(20_000)), () -> {
					this.handlerBusy = false;
					slow.complete(null);
				});
				yield slow;
			}
			default -> null;
		};
	}

	private <T> CompletionStage<T> later(T value) {
		CompletableFuture<T> later = new CompletableFuture<>();
		this.scenario.time.schedule(Duration.ofMillis(this.random.nextInt(15_000)), () -> later.complete(value));
		return later;
	}

	/** How many connections were reported by an event and are open. */
	private long open() {
		return this.scenario.connection.currentConnection().stream().count();
	}

	private void check(boolean holds, String violation) {
		if (!holds) {
			say("VIOLATION " + violation);
			this.violations.add(violation);
		}
	}

	private void say(String line) {
		this.timeline.add(this.scenario.time.nanoTime() + " " + line);
	}

}
