package io.persistentconn.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.SlowConsumerException;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.rpc.transport.MemoryTransport;

/**
 * A minute of a {@link World} in which everything goes wrong, and a while in which all
 * comes to rest: the same for the same seed. Connections are cut at random bytes, delayed
 * and stuck, the server restarts, rejects, fails and hesitates, readers are slow, and
 * close at random instants or on random news. In every other world each end of a
 * connection, each persistent connection and each subscription has an owner that keeps
 * the others waiting.
 */
final class RandomWorld {

	private static final int MINUTE = 60_000;

	final World world = new World();

	final List<Subscriber> subscribers = new ArrayList<>();

	/** How often a reader was too slow. */
	int overflows;

	private final RandomGenerator random;

	private boolean healed;

	RandomWorld(long seed) {
		this.random = new SplittableRandom(seed);
		this.world.onConnect = this::spoil;
		this.world.decision = this::decide;
		if (this.random.nextBoolean()) {
			this.world.owners = () -> new LateOwner(this.world.time, this.random);
		}
	}

	RandomWorld run() {
		PersistentConnection<RpcConnection> shared = this.world.connection();
		int count = 1 + this.random.nextInt(3);
		for (int i = 0; i < count; i++) {
			String name = "#" + i;
			at(this.random.nextInt(10) * 100, () -> subscribe(name, shared));
		}
		int actions = 10 + this.random.nextInt(30);
		for (int i = 0; i < actions; i++) {
			at(this.random.nextInt(MINUTE), this::act);
		}
		this.world.time.advanceBy(Duration.ofMillis(MINUTE));
		heal();
		this.world.advance(25);
		this.world.change(1);
		this.world.advance(5);
		return this;
	}

	private void subscribe(String name, PersistentConnection<RpcConnection> shared) {
		PersistentConnection<RpcConnection> connection = this.random.nextBoolean() ? shared : this.world.connection();
		Overflow overflow = (this.random.nextInt(3) == 0) ? Overflow.PUSHBACK : Overflow.RESUBSCRIBE;
		SubscriptionOptions options = SubscriptionOptions.resubscribeAfter(Duration.ofMillis(500))
			.withTimeSource(this.world.owners.get())
			.withBuffer(1 + this.random.nextInt(8), overflow)
			.withListener((status) -> status.lastError()
				.filter((error) -> error instanceof SlowConsumerException)
				.ifPresent((error) -> this.overflows++));
		Pipe<StateUpdate<Long, Long, String>> pipe = DurableStateRpc.create(Durable.of(connection), World.BOOK, name,
				options);
		Subscriber subscriber = new Subscriber(this.world.history, name, pipe);
		if (this.random.nextInt(3) == 0) {
			int millis = 1 + this.random.nextInt(this.random.nextBoolean() ? 300 : 10_000);
			subscriber.pace = () -> this.healed ? done() : after(millis);
		}
		switch (this.random.nextInt(6)) {
			case 0 -> at(this.random.nextInt(this.random.nextBoolean() ? 1_000 : MINUTE), subscriber::close);
			case 1 -> closeOnNews(subscriber);
			default -> {
			}
		}
		this.subscribers.add(subscriber.read());
	}

	/** While the reader is told of something, or soon after that. */
	private void closeOnNews(Subscriber subscriber) {
		int[] left = { this.random.nextInt(30) };
		int millis = this.random.nextInt(4);
		subscriber.onNews = () -> {
			if (left[0]-- == 0) {
				if (millis == 0) {
					subscriber.close();
				}
				else {
					at(millis - 1, subscriber::close);
				}
			}
		};
	}

	private void act() {
		switch (this.random.nextInt(12)) {
			case 0 -> restart();
			case 1 -> this.world.endStreams();
			case 2 -> {
				if (!this.world.transports.isEmpty()) {
					this.world.cut();
				}
			}
			case 3 -> burst(50);
			case 4, 5 -> burst(5);
			default -> this.world.change(this.random.nextInt(1_000));
		}
	}

	private void burst(int most) {
		for (int i = this.random.nextInt(most); i >= 0; i--) {
			this.world.change(this.random.nextInt(1_000));
		}
	}

	private void restart() {
		this.world.goDown();
		at(this.random.nextInt(5_000), this.world::comeUp);
	}

	private void spoil(MemoryTransport.Pair pair) {
		if (this.healed) {
			return;
		}
		spoil(pair.first());
		spoil(pair.second());
	}

	private void spoil(MemoryTransport end) {
		if (this.random.nextInt(3) == 0) {
			Throwable error = this.random.nextBoolean() ? new IllegalStateException("reset") : null;
			int bytes = this.random.nextInt(this.random.nextBoolean() ? 300 : 3_000);
			this.world.history.note("will be cut after " + bytes);
			end.cutAfter(bytes, error);
		}
		if (this.random.nextInt(4) == 0) {
			end.delay(Duration.ofMillis(this.random.nextInt(400)));
		}
		if (this.random.nextInt(8) == 0) {
			at(this.random.nextInt(10_000), () -> end.holdBack(true));
			at(10_000 + this.random.nextInt(10_000), () -> end.holdBack(false));
		}
	}

	private CompletionStage<Outcome<Long, String>> decide(String name, StreamWriter<Long> writer) {
		return switch (this.healed ? 9 : this.random.nextInt(10)) {
			case 0 -> CompletableFuture.completedFuture(Outcome.rejected("not now"));
			case 1 -> throw new IllegalStateException("expected by the test");
			case 2 -> after(this.random.nextInt(3_000)).thenCompose((waited) -> this.world.accept(name, writer));
			default -> this.world.accept(name, writer);
		};
	}

	private void heal() {
		this.healed = true;
		this.world.history.note("healed");
		this.world.up = true;
		this.world.transports.forEach((pair) -> {
			pair.first().cutAfter(0, null);
			pair.second().cutAfter(0, null);
			pair.first().holdBack(false);
			pair.second().holdBack(false);
		});
	}

	private void at(int millis, Runnable task) {
		this.world.time.schedule(Duration.ofMillis(millis), task);
	}

	private CompletableFuture<Void> after(int millis) {
		CompletableFuture<Void> later = new CompletableFuture<>();
		at(millis, () -> later.complete(null));
		return later;
	}

	private static CompletableFuture<Void> done() {
		return CompletableFuture.completedFuture(null);
	}

}
