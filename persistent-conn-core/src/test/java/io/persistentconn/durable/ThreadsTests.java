package io.persistentconn.durable;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.rpc.transport.MemoryTransport;
import io.persistentconn.testing.SubscriptionHistory;
import io.persistentconn.testing.SubscriptionHistory.What;
import io.persistentconn.testing.SubscriptionHistoryChecker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server, the client's end of the connection, the subscription and the reader each on
 * a thread of its own.
 */
@Tag("D2")
@Tag("D5")
@ExtendWith(Quiet.class)
class ThreadsTests {

	private static final int CUTS = 100;

	private final TimeSource serverTime = TimeSource.wallClock();

	private final TimeSource clientTime = TimeSource.wallClock();

	private final TimeSource subscriptionTime = TimeSource.wallClock();

	private final TimeSource readerTime = TimeSource.wallClock();

	/** In the order of what happened, whatever the time. */
	private final AtomicLong steps = new AtomicLong();

	private final SubscriptionHistory<Long> history = new SubscriptionHistory<>(this.steps::incrementAndGet);

	private final Set<StreamWriter<Long>> streams = ConcurrentHashMap.newKeySet();

	private final AtomicReference<MemoryTransport> transport = new AtomicReference<>();

	/** The server's own. */
	private long state = 1;

	@ParameterizedTest
	@EnumSource(names = { "PUSHBACK", "RESUBSCRIBE" })
	void noHistoryBreaksARuleThoughEverybodyHasAThread(Overflow overflow) throws Exception {
		AtomicLong established = new AtomicLong();
		this.history.serverState(this.state);
		PersistentConnection<RpcConnection> connection = PersistentConnection
			.<String, RpcConnection>builder("threads", (context, server) -> connect())
			.address(() -> CompletableFuture.completedFuture("server"))
			.retryDelay(RetryDelay.constant(Duration.ofNanos(1)))
			.timeSource(this.clientTime)
			.start();
		Subscriber subscriber = new Subscriber(this.history, "a",
				DurableStateRpc.create(Durable.of(connection), World.BOOK, "a",
						SubscriptionOptions.resubscribeAfter(Duration.ofNanos(1))
							.withTimeSource(this.subscriptionTime)
							.withListener((status) -> established.set(status.established()))
							.withBuffer(64, overflow)));
		subscriber.pace = () -> CompletableFuture.runAsync(() -> {
		}, this.readerTime);
		subscriber.read();
		RandomGenerator random = new SplittableRandom(1);
		for (int cut = 0; cut < CUTS; cut++) {
			long before = established.get();
			int changes = random.nextInt(200);
			for (int i = 0; i < changes; i++) {
				this.serverTime.execute(this::change);
			}
			MemoryTransport open = this.transport.get();
			if (open != null) {
				open.cutAfter(open.bytesWritten() + random.nextInt(2_000), new IllegalStateException("reset"));
			}
			await(() -> {
				this.serverTime.execute(this::change);
				return established.get() > before;
			});
		}
		this.transport.get().cutAfter(0, null);
		await(() -> new SubscriptionHistoryChecker<>(this.history).check().isEmpty());
		assertThat(this.history.count(What.LOST)).isGreaterThan(CUTS / 2);
		subscriber.close();
		await(this.streams::isEmpty);
		assertThat(new SubscriptionHistoryChecker<>(this.history).check()).isEmpty();
		connection.closeAsync().get(30, TimeUnit.SECONDS);
	}

	private CompletableFuture<RpcConnection> connect() {
		MemoryTransport.Pair pair = MemoryTransport.pair(this.clientTime, this.serverTime);
		RpcConnection.establish(pair.second(), RpcOptions.defaults()
			.withImplementations(Implementations.of(World.BOOK.implementDirect((context, name, writer) -> {
				this.history.serverOpened(name);
				this.streams.add(writer);
				writer.closed().thenRun(() -> {
					this.streams.remove(writer);
					this.history.serverEnded(name);
				});
				return CompletableFuture.completedFuture(Outcome.accepted(this.state));
			}))));
		this.transport.set(pair.second());
		return RpcConnection.establish(pair.first(), RpcOptions.defaults());
	}

	private void change() {
		this.state = World.apply(this.state, 7);
		this.history.serverState(this.state);
		this.streams.forEach((stream) -> stream.write(7L));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(1)).until(condition);
	}

}
