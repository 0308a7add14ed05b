package io.persistentconn.tcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Tag("T2")
class TcpReaderChunksTests {

	private EmbeddedConnection embedded = EmbeddedConnection.ofServer();

	@AfterEach
	void close() {
		this.embedded.close();
	}

	private TcpReader reader() {
		return this.embedded.reader();
	}

	@Test
	void chunksAreHandledInPlaceAndUnconsumedBytesComeAgainWithMore() {
		List<String> seen = new ArrayList<>();
		CompletableFuture<Void> loop = reader().forEachChunk((chunk) -> {
			seen.add(chunk.toString(UTF_8));
			chunk.skipBytes(chunk.readableBytes() / 2 * 2);
			return ChunkResult.more();
		});
		this.embedded.receive("abc", "de", "f").receiveEnd();
		assertThat(seen).containsExactly("abc", "cde", "ef");
		assertThat(loop).isCompletedWithValue(null);
	}

	@Test
	void aChunkIsTheVeryBufferThatWasReceived() {
		ByteBuf received = this.embedded.channel().alloc().directBuffer().writeByte('x');
		List<Long> addresses = new ArrayList<>();
		reader().forEachChunk((chunk) -> {
			addresses.add(chunk.memoryAddress());
			chunk.readByte();
			return ChunkResult.more();
		});
		long address = received.memoryAddress();
		this.embedded.channel().writeInbound(received);
		assertThat(addresses).containsExactly(address);
		assertThat(received.refCnt()).isZero();
	}

	@Test
	void aChunkHandlerMayStopAndLeaveTheRestToTheNextOperation() {
		CompletableFuture<Void> loop = reader().forEachChunk((chunk) -> {
			chunk.readByte();
			return ChunkResult.stop();
		});
		this.embedded.receive("1rest\n");
		assertThat(loop).isCompletedWithValue(null);
		CompletableFuture<Optional<String>> rest = reader().readLine();
		this.embedded.run();
		assertThat(rest).isCompletedWithValue(Optional.of("rest"));
	}

	@Test
	void aChunkHandlerThatWaitsIsCalledAgainEvenIfNothingMoreCame() {
		CompletableFuture<Void> stage = new CompletableFuture<>();
		List<String> seen = new ArrayList<>();
		reader().forEachChunk((chunk) -> {
			seen.add(chunk.toString(UTF_8));
			chunk.readByte();
			return ChunkResult.moreAfter(stage);
		});
		this.embedded.receive("ab");
		assertThat(seen).containsExactly("ab");
		stage.complete(null);
		this.embedded.run();
		assertThat(seen).containsExactly("ab", "b");
	}

	@Test
	void bytesThatTheChunkHandlerLeftAtTheEndAreAnError() {
		CompletableFuture<Void> loop = reader().forEachChunk((chunk) -> ChunkResult.more());
		this.embedded.receive("ab").receiveEnd();
		assertThat(Loopback.failureOf(loop)).isInstanceOf(EndOfStreamException.class)
			.hasMessageContaining("after 2 bytes");
	}

	@Test
	void aFailingChunkHandlerEndsTheLoop() {
		CompletableFuture<Void> thrown = reader().forEachChunk((chunk) -> {
			throw new IOException("bad frame");
		});
		this.embedded.receive("a");
		assertThat(Loopback.failureOf(thrown)).hasMessage("bad frame");
		CompletableFuture<Void> failed = reader().forEachChunk(
				(chunk) -> ChunkResult.moreAfter(CompletableFuture.failedFuture(new IllegalStateException("x"))));
		this.embedded.run();
		assertThat(Loopback.failureOf(failed)).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void transferWritesEverythingByReferenceAndCounts() {
		CompletableFuture<Long> transferred = reader().transferTo(this.embedded.writer());
		ByteBuf received = this.embedded.channel().alloc().directBuffer();
		received.writeCharSequence("x".repeat(5000), UTF_8);
		this.embedded.channel().writeInbound(received);
		this.embedded.run();
		ByteBuf written = this.embedded.channel().readOutbound();
		assertThat(written).isSameAs(received);
		written.release();
		this.embedded.receive("abc").receiveEnd();
		assertThat(this.embedded.written()).isEqualTo("abc");
		assertThat(transferred).isCompletedWithValue(5003L);
	}

	@Test
	void transferStopsReadingWhileTheWriterIsBackedUp() {
		this.embedded.close();
		this.embedded = EmbeddedConnection.ofClient(ConnectOptions.defaults().withWriterBufferSize(4)).holdWrites();
		reader().transferTo(this.embedded.writer());
		this.embedded.receive("1234");
		assertThat(this.embedded.isReading()).isTrue();
		this.embedded.receive("5");
		assertThat(this.embedded.isReading()).isFalse();
		assertThat(this.embedded.take()).isEqualTo("1234");
		assertThat(this.embedded.isReading()).isTrue();
	}

	@Test
	void transferFailsWhenTheOtherConnectionCloses() {
		try (EmbeddedConnection other = EmbeddedConnection.ofServer()) {
			CompletableFuture<Long> transferred = reader().transferTo(other.writer());
			this.embedded.run();
			other.connection().closeAsync();
			other.run();
			this.embedded.run();
			assertThat(Loopback.failureOf(transferred)).isInstanceOf(ConnectionClosedException.class);
			CompletableFuture<Long> late = reader().transferTo(other.writer());
			this.embedded.run();
			assertThat(Loopback.failureOf(late)).isInstanceOf(ConnectionClosedException.class);
		}
	}

}
