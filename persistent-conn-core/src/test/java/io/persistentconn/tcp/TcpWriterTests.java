package io.persistentconn.tcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("T2")
class TcpWriterTests {

	private EmbeddedConnection embedded = EmbeddedConnection.ofServer();

	@AfterEach
	void close() {
		this.embedded.close();
	}

	private TcpWriter writer() {
		return this.embedded.writer();
	}

	@Test
	void smallWritesBecomeOneWriteAndOneFlush() {
		this.embedded.holdWrites();
		writer().write("a€".getBytes(UTF_8));
		writer().write("b€");
		writer().write(Unpooled.copiedBuffer("c€", UTF_8));
		writer().encode('d', (message, buffer) -> buffer.writeByte(message));
		assertThat(this.embedded.writesHeld()).isZero();
		this.embedded.run();
		assertThat(this.embedded.writesHeld()).isEqualTo(1);
		assertThat(this.embedded.flushes()).isEqualTo(1);
		assertThat(this.embedded.take()).isEqualTo("a€b€c€d");
	}

	@Test
	void whatIsWrittenInAReadBatchIsFlushedAtItsEnd() {
		this.embedded.reader().forEachLine((line) -> {
			writer().write(line);
			return CompletableFuture.completedFuture(null);
		});
		this.embedded.receive("1\n", "2\n3\n");
		assertThat(this.embedded.written()).isEqualTo("123");
		assertThat(this.embedded.flushes()).isEqualTo(1);
	}

	/** Though the OS would take it all, others on the event loop must have their turn. */
	@Test
	void aProducerInAReadBatchHasToWaitAboveTheBufferSize() {
		List<Integer> writes = new ArrayList<>();
		this.embedded.reader().forEachLine((line) -> {
			int count = 0;
			while (!writer().isBackedUp() && count < 1000) {
				writer().write("x".repeat(2000));
				count++;
			}
			writes.add(count);
			return CompletableFuture.completedFuture(null);
		});
		this.embedded.receive("1\n");
		assertThat(writes).containsExactly(ConnectOptions.defaults().writerBufferSize() / 2000 + 1);
	}

	@Test
	void bigWritesGoByReferenceAndKeepTheirPlace() {
		ByteBuf big = Unpooled.directBuffer().writeBytes("x".repeat(5000).getBytes(UTF_8));
		writer().write("before");
		writer().write(big);
		writer().write("after");
		this.embedded.run();
		assertThat(text(this.embedded.channel().readOutbound())).isEqualTo("before");
		ByteBuf written = this.embedded.channel().readOutbound();
		assertThat(written).isSameAs(big);
		written.release();
		assertThat(text(this.embedded.channel().readOutbound())).isEqualTo("after");
	}

	@Test
	void aBatchIsCutWhereTheBufferIsFull() {
		this.embedded.close();
		this.embedded = EmbeddedConnection.ofClient(ConnectOptions.defaults().withWriterBufferSize(4)).holdWrites();
		for (int i = 0; i < 3; i++) {
			writer().write("abc");
		}
		this.embedded.run();
		assertThat(this.embedded.take()).isEqualTo("abcabc");
		assertThat(this.embedded.take()).isEqualTo("abc");
	}

	@Test
	void everySizeAndKindOfWriteArrivesInOrder() {
		StringBuilder expected = new StringBuilder();
		for (int size : new int[] { 0, 1, 255, 256, 257, 2047, 2048, 2049, 700, 0, 131072, 131073, 3 }) {
			String text = "é" + "x".repeat(size);
			writer().write(text);
			writer().write(text.getBytes(UTF_8));
			writer().write(Unpooled.copiedBuffer(text, UTF_8));
			writer().encode(text, (message, buffer) -> buffer.writeCharSequence(message, UTF_8));
			expected.append(text).append(text).append(text).append(text);
		}
		this.embedded.run();
		assertThat(this.embedded.written()).isEqualTo(expected.toString());
		assertThat(writer().bytesToWrite()).isZero();
	}

	@Test
	void anEncoderThatThrowsLeavesNothingBehind() {
		writer().write("a");
		assertThatIllegalStateException().isThrownBy(() -> writer().encode('x', (message, buffer) -> {
			buffer.writeByte(message);
			throw new IllegalStateException("no");
		})).withMessage("no");
		writer().write("b");
		this.embedded.run();
		assertThat(this.embedded.written()).isEqualTo("ab");
	}

	@Test
	void flushedCompletesWhenTheOsTookWhatWasWrittenBefore() {
		this.embedded.holdWrites();
		assertThat(writer().flushed()).isCompleted();
		writer().write("one");
		CompletableFuture<Void> first = writer().flushed();
		this.embedded.run();
		writer().write("two");
		CompletableFuture<Void> second = writer().flushed();
		this.embedded.run();
		assertThat(writer().bytesToWrite()).isEqualTo(6);
		assertThat(first).isNotDone();
		this.embedded.take();
		assertThat(first).isCompleted();
		assertThat(second).isNotDone();
		assertThat(writer().bytesToWrite()).isEqualTo(3);
		this.embedded.take();
		assertThat(second).isCompleted();
	}

	@Test
	void aProducerWaitsAboveTheBufferSizeAndGoesOnAtHalfOfIt() {
		this.embedded.close();
		this.embedded = EmbeddedConnection.ofClient(ConnectOptions.defaults().withWriterBufferSize(4)).holdWrites();
		writer().write("1234");
		assertThat(writer().isBackedUp()).isFalse();
		assertThat(writer().readyForMore()).isCompleted();
		this.embedded.run();
		writer().write("56");
		assertThat(writer().isBackedUp()).isTrue();
		CompletableFuture<Void> ready = writer().readyForMore();
		this.embedded.run();
		assertThat(ready).isNotDone();
		this.embedded.take();
		assertThat(ready).as("two bytes are left").isCompleted();
	}

	@Test
	@Tag("T3")
	void whatIsWrittenAfterCloseIsDroppedAndFlushedFails() {
		writer().write("in time");
		CompletableFuture<Void> inTime = writer().flushed();
		writer().closeAsync();
		writer().write("late".getBytes(UTF_8));
		writer().write("late");
		writer().write(Unpooled.directBuffer().writeByte('x'));
		writer().encode('x', (message, buffer) -> buffer.writeByte(message));
		CompletableFuture<Void> late = writer().flushed();
		this.embedded.run();
		assertThat(this.embedded.written()).isEqualTo("in time");
		assertThat(inTime).isCompleted();
		assertThat(Loopback.failureOf(late)).isInstanceOf(ConnectionClosedException.class);
		assertThat(Loopback.failureOf(writer().readyForMore())).isInstanceOf(ConnectionClosedException.class);
		assertThat(Loopback.failureOf(writer().flushed())).isInstanceOf(ConnectionClosedException.class);
	}

	@Test
	@Tag("T3")
	void aWriteThatFailsClosesTheConnectionWithItsError() {
		this.embedded.holdWrites();
		writer().write("x");
		CompletableFuture<Void> flushed = writer().flushed();
		CompletableFuture<Void> more = writer().readyForMore();
		this.embedded.run();
		this.embedded.fail(new IOException("Broken pipe"));
		assertThat(more).isCompleted();
		assertThat(Loopback.failureOf(flushed)).isInstanceOf(ConnectionResetException.class)
			.hasRootCauseMessage("Broken pipe");
		assertThat(this.embedded.connection().closeReason()).get().isInstanceOf(ConnectionResetException.class);
		assertThat(this.embedded.connection().isClosed()).isTrue();
		// What the peer sent before is still read.
		assertThat(this.embedded.channel().isOpen()).isTrue();
		this.embedded.advanceBy(TcpConnection.LAST_READS_LIMIT);
		assertThat(this.embedded.channel().isOpen()).isFalse();
	}

	@Test
	void aFlushListenerMayWriteMore() {
		List<String> log = new ArrayList<>();
		writer().write("1");
		writer().flushed().thenRun(() -> {
			log.add("flushed 1");
			writer().write("2");
			writer().flushed().thenRun(() -> log.add("flushed 2"));
		});
		this.embedded.run();
		assertThat(this.embedded.written()).isEqualTo("12");
		assertThat(log).containsExactly("flushed 1", "flushed 2");
	}

	private static String text(ByteBuf bytes) {
		String text = bytes.toString(UTF_8);
		bytes.release();
		return text;
	}

}
