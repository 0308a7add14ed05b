package io.persistentconn.tcp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random writes, in read batches and out of them, to an OS that takes them at once or
 * later: they arrive in order, and whoever waits is told, in time and never amid a write.
 */
@Tag("T2")
class TcpWriterHistoryTests {

	private static final int HISTORIES = 400;

	private static final int STEPS = 30;

	@Test
	void everyByteArrivesInOrderAndWhoeverWaitsIsTold() {
		for (int seed = 0; seed < HISTORIES; seed++) {
			int bufferSize = new int[] { 1, 1_000, 20_000, 65_536 }[seed % 4];
			ConnectOptions options = ConnectOptions.defaults().withWriterBufferSize(bufferSize);
			try (EmbeddedConnection embedded = EmbeddedConnection.ofClient(options)) {
				if (seed / 4 % 2 == 0) {
					embedded.holdWrites();
				}
				new History(embedded, bufferSize, new SplittableRandom(seed)).run();
			}
			catch (AssertionError ex) {
				throw new AssertionError("seed " + seed, ex);
			}
		}
	}

	private static final class History {

		private final EmbeddedConnection embedded;

		private final TcpWriter writer;

		private final int bufferSize;

		private final RandomGenerator random;

		private final ByteArrayOutputStream written = new ByteArrayOutputStream();

		private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

		private final List<Waiter> flushed = new ArrayList<>();

		private final List<CompletableFuture<Void>> ready = new ArrayList<>();

		private boolean inBatch;

		private boolean writing;

		private boolean toldAmidWrite;

		History(EmbeddedConnection embedded, int bufferSize, RandomGenerator random) {
			this.embedded = embedded;
			this.writer = embedded.writer();
			this.bufferSize = bufferSize;
			this.random = random;
		}

		void run() {
			this.embedded.reader().forEachChunk((chunk) -> {
				chunk.skipBytes(chunk.readableBytes());
				this.inBatch = true;
				writeAndWait();
				this.inBatch = false;
				return ChunkResult.more();
			});
			this.embedded.run();
			for (int i = 0; i < STEPS; i++) {
				switch (this.random.nextInt(3)) {
					case 0 -> this.embedded.receive(new byte[1], new byte[1], new byte[1]);
					case 1 -> {
						writeAndWait();
						this.embedded.run();
					}
					default -> take(this.random.nextInt(4));
				}
				check();
			}
			take(Integer.MAX_VALUE);
			check();
			assertThat(this.taken.toByteArray()).isEqualTo(this.written.toByteArray());
			assertThat(this.ready).allMatch(CompletableFuture::isDone);
			assertThat(this.toldAmidWrite).isFalse();
		}

		private void writeAndWait() {
			for (int i = this.random.nextInt(20); i > 0; i--) {
				if (this.random.nextInt(4) == 0) {
					this.flushed.add(new Waiter(this.written.size(), watched(this.writer.flushed())));
					this.ready.add(watched(this.writer.readyForMore()));
				}
				byte[] bytes = new byte[this.random.nextInt((this.random.nextInt(5) == 0) ? 40_000 : 3_000)];
				Arrays.fill(bytes, (byte) this.random.nextInt('a', 'z'));
				// Out of a batch, it is this channel that carries out tasks amid a write.
				this.writing = this.inBatch;
				switch (this.random.nextInt(3)) {
					case 0 -> this.writer.write(bytes);
					case 1 -> this.writer.write(Unpooled.wrappedBuffer(bytes));
					default -> this.writer.encode(bytes, (message, buffer) -> buffer.writeBytes(message));
				}
				this.writing = false;
				this.written.writeBytes(bytes);
			}
		}

		private CompletableFuture<Void> watched(CompletableFuture<Void> future) {
			future.thenRun(() -> this.toldAmidWrite |= this.writing);
			return future;
		}

		private void take(int most) {
			for (int i = 0; i < most && this.embedded.writesHeld() > 0; i++) {
				this.taken.writeBytes(this.embedded.take().getBytes(UTF_8));
			}
		}

		private void check() {
			this.taken.writeBytes(this.embedded.writtenBytes());
			for (Waiter waiter : this.flushed) {
				assertThat(waiter.future.isDone()).isEqualTo(waiter.offset <= this.taken.size());
			}
			assertThat(this.writer.bytesToWrite()).isEqualTo(this.written.size() - this.taken.size());
			if (this.writer.bytesToWrite() <= this.bufferSize / 2) {
				assertThat(this.ready).allMatch(CompletableFuture::isDone);
			}
		}

	}

	private record Waiter(int offset, CompletableFuture<Void> future) {
	}

}
