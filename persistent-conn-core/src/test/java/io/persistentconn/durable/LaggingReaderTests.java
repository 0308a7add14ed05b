package io.persistentconn.durable;

import java.lang.management.ManagementFactory;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinShape;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A reader that stands still, over a real socket, while the server goes on.
 */
@Tag("R5")
@Tag("D2")
@Tag("D5")
@ExtendWith(Quiet.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES) // It does some work, however slow the
												// machine.
class LaggingReaderTests {

	private static final int BUFFER = 64;

	private static final int ROUNDS = 3;

	private static final long CHANGES_A_ROUND = 30_000;

	/** The least that must get to the one who stands still. */
	private static final long DECODED_A_ROUND = 20_000;

	/** A quarter of what the one who stands still is sent, at least. */
	private static final long HEAP_BOUND = 16 * 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Of the one who stands still, to be told if it does not recover. */
	private volatile @Nullable SubscriptionStatus status;

	private final TcpBook book = new TcpBook();

	private final ExecutorService reader = Executors.newSingleThreadExecutor();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final Counted counted = new Counted();

	@AfterEach
	void close() {
		this.goOn.countDown();
		this.reader.shutdown();
		this.book.close();
	}

	@Test
	void aReaderThatStandsStillCostsBoundedHeapDelaysNobodyAndEndsInTheServersState() {
		PersistentConnection<RpcConnection> shared = this.book.connection();
		Follower still = new Follower(DurableStateRpc.create(Durable.of(shared), TcpBook.rpc(this.counted), "still",
				SubscriptionOptions.resubscribeAfter(Duration.ofMillis(1))
					.withBuffer(BUFFER, Overflow.RESUBSCRIBE)
					.withListener((now) -> this.status = now)));
		still.pipe.forEach((news) -> CompletableFuture.runAsync(() -> takeWhenAllowed(still, news), this.reader));
		Follower beside = follow(shared);
		Follower elsewhere = follow(this.book.connection());
		await().atMost(PATIENCE).until(() -> this.book.subscriptions() == 3);
		long before = used();
		long changes = 0;
		for (int round = 1; round <= ROUNDS; round++) {
			while (changes < round * CHANGES_A_ROUND) {
				this.book.change(changes++);
			}
			while (this.counted.decoded.get() < round * DECODED_A_ROUND) {
				// What is changed while it is not subscribed does not get there.
				if (this.book.subscriptions() == 3) {
					this.book.change(changes++);
				}
				else {
					LockSupport.parkNanos(100_000);
				}
			}
			awaitStateOf(beside);
			awaitStateOf(elsewhere);
			await().atMost(PATIENCE).until(() -> {
				System.gc();
				return this.counted.retained.get() <= 2 * BUFFER;
			});
			assertThat(used() - before).isLessThan(HEAP_BOUND);
		}
		assertThat(still.told()).isEmpty();
		this.goOn.countDown();
		awaitStateOf(still);
		assertThat(still.told()).containsSubsequence("ConnectionSuccess", "State", "LostConnection",
				"ConnectionSuccess", "State");
		assertThat(beside.told()).containsExactly("ConnectionSuccess", "State");
		assertThat(elsewhere.told()).containsExactly("ConnectionSuccess", "State");
		assertThat(this.book.subscriptions()).isEqualTo(3);
	}

	private Follower follow(PersistentConnection<RpcConnection> connection) {
		return Follower
			.of(DurableStateRpc.create(Durable.of(connection), TcpBook.RPC, "in time", Duration.ofMillis(1)));
	}

	private void takeWhenAllowed(Follower follower, StateUpdate<Long, byte[], String> news) {
		try {
			this.goOn.await();
			follower.take(news);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void awaitStateOf(Follower follower) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(follower.state())
				.as(() -> follower.told() + ", " + follower.pipe.size() + " buffered, " + this.status)
				.isEqualTo(this.book.state()));
	}

	private static long used() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
				+ ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	/** Knows how many updates were decoded, and how many of them are not garbage. */
	private static final class Counted implements BinCodec<byte[]> {

		private final Cleaner cleaner = Cleaner.create();

		private final AtomicLong decoded = new AtomicLong();

		private final AtomicLong retained = new AtomicLong();

		@Override
		public int size(byte[] update) {
			return BinCodecs.BIGSTRING.size(update);
		}

		@Override
		public void write(byte[] update, ByteBuf out) {
			BinCodecs.BIGSTRING.write(update, out);
		}

		@Override
		public byte[] read(BinReader in) {
			byte[] update = BinCodecs.BIGSTRING.read(in);
			this.decoded.incrementAndGet();
			this.retained.incrementAndGet();
			this.cleaner.register(update, this.retained::decrementAndGet);
			return update;
		}

		@Override
		public BinShape shape() {
			return BinCodecs.BIGSTRING.shape();
		}

	}

}
