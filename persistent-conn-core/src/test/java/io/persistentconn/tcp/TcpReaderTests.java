package io.persistentconn.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("T2")
class TcpReaderTests {

	private EmbeddedConnection embedded = EmbeddedConnection.ofServer();

	@AfterEach
	void close() {
		this.embedded.close();
	}

	private TcpReader reader() {
		return this.embedded.reader();
	}

	@Test
	void readGivesWhatIsThereOrWhatComesNext() {
		CompletableFuture<Optional<ByteBuf>> first = reader().read();
		this.embedded.run();
		assertThat(first).isNotDone();
		this.embedded.receive("ab", "cd");
		assertThat(text(first)).isEqualTo("ab");
		CompletableFuture<Optional<ByteBuf>> second = reader().read();
		this.embedded.run();
		assertThat(text(second)).isEqualTo("cd");
		this.embedded.receiveEnd();
		CompletableFuture<Optional<ByteBuf>> third = reader().read();
		this.embedded.run();
		assertThat(third).isCompletedWithValue(Optional.empty());
	}

	@Test
	void aFutureNeverCompletesInsideTheCallThatMadeIt() {
		this.embedded.receive("there already\n");
		assertThat(reader().readLine()).isNotDone();
	}

	@Test
	void readExactlyWaitsForAllBytesWhereverTheyAreCut() {
		for (int cut = 0; cut <= 5; cut++) {
			CompletableFuture<byte[]> bytes = reader().readExactly(5);
			this.embedded.receive("hello".substring(0, cut));
			assertThat(bytes.isDone()).isEqualTo(cut == 5);
			this.embedded.receive("hello".substring(cut));
			assertThat(bytes).isCompletedWithValueMatching((value) -> new String(value, UTF_8).equals("hello"));
		}
		assertThat(reader().readExactly(0)).isCompletedWithValueMatching((value) -> value.length == 0);
	}

	@Test
	void readExactlySaysHowManyBytesCameBeforeTheEnd() {
		CompletableFuture<byte[]> bytes = reader().readExactly(5);
		this.embedded.receive("abc").receiveEnd();
		assertThat(Loopback.failureOf(bytes))
			.isInstanceOfSatisfying(EndOfStreamException.class, (error) -> assertThat(error.received()).isEqualTo(3))
			.hasMessage("Connection to peer/<unresolved>:7 ended after 3 bytes (expected: 5 bytes)");
		CompletableFuture<byte[]> retry = reader().readExactly(3);
		this.embedded.run();
		assertThat(retry).as("they stay unread").isCompleted();
	}

	@Test
	void readExactlyMayExceedTheReadersBuffer() {
		this.embedded.close();
		this.embedded = EmbeddedConnection.ofClient(ConnectOptions.defaults().withReaderBufferSize(4));
		CompletableFuture<byte[]> bytes = reader().readExactly(10);
		this.embedded.receive("12345678");
		assertThat(this.embedded.isReading()).isTrue();
		this.embedded.receive("90");
		assertThat(bytes).isCompletedWithValueMatching((value) -> new String(value, UTF_8).equals("1234567890"));
	}

	@Test
	void readUntilFindsADelimiterWhereverItIsCut() {
		String sent = "a==b===";
		for (int cut = 0; cut <= sent.length(); cut++) {
			CompletableFuture<Optional<byte[]>> found = reader().readUntil("===".getBytes(UTF_8), 4);
			this.embedded.receive(sent.substring(0, cut));
			this.embedded.receive(sent.substring(cut));
			assertThat(found).isCompletedWithValueMatching((value) -> new String(value.get(), UTF_8).equals("a==b"));
		}
		CompletableFuture<Optional<byte[]>> last = reader().readUntil("===".getBytes(UTF_8), 4);
		this.embedded.receiveEnd();
		assertThat(last).isCompletedWithValue(Optional.empty());
	}

	@Test
	void readUntilFailsWhenTheStreamEndsBeforeADelimiter() {
		CompletableFuture<Optional<byte[]>> found = reader().readUntil("==".getBytes(UTF_8), 4);
		this.embedded.receive("ab=").receiveEnd();
		assertThat(Loopback.failureOf(found)).isInstanceOf(EndOfStreamException.class)
			.hasMessageContaining("after 3 bytes");
	}

	@Test
	void readUntilGivesUpOneByteBeyondTheLimit() {
		CompletableFuture<Optional<byte[]>> found = reader().readUntil("==".getBytes(UTF_8), 4);
		this.embedded.receive("1234=");
		assertThat(found).isNotDone();
		this.embedded.receive("=");
		assertThat(found).isCompletedWithValueMatching((value) -> value.get().length == 4);
		CompletableFuture<Optional<byte[]>> tooLong = reader().readUntil("==".getBytes(UTF_8), 4);
		this.embedded.receive("12345=");
		assertThat(Loopback.failureOf(tooLong)).isInstanceOf(DelimiterNotFoundException.class);
		assertThat(this.embedded.connection().isClosed()).isTrue();
	}

	@Test
	void linesEndWithLineFeedOrCarriageReturnAndLineFeedOrTheStream() {
		List<String> lines = new ArrayList<>();
		CompletableFuture<Void> loop = reader().forEachLine((line) -> {
			lines.add(line);
			return CompletableFuture.completedFuture(null);
		});
		this.embedded.receive("one\ntwo\r\n\r\n\nthr", "ee\r", "\nfo\rur\nünf").receiveEnd();
		assertThat(lines).containsExactly("one", "two", "", "", "three", "fo\rur", "ünf");
		assertThat(loop).isCompletedWithValue(null);
	}

	@Test
	void linesCutAnywhereAreTheSame() {
		String sent = "ä\r\n\nb€c\r\n";
		byte[] bytes = sent.getBytes(UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			CompletableFuture<List<String>> lines = new CompletableFuture<>();
			readLines(3, new ArrayList<>(), lines);
			this.embedded.channel()
				.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut),
						Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
			this.embedded.run();
			assertThat(lines).isCompletedWithValue(List.of("ä", "", "b€c"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n" })
	void aLineMayBeAsLongAsAllowedAndNoLonger(String end) {
		CompletableFuture<Optional<String>> line = reader().readLine(5);
		this.embedded.receive("12345" + end.charAt(0));
		if (end.length() > 1) {
			assertThat(line).isNotDone();
			this.embedded.receive("\n");
		}
		assertThat(line).isCompletedWithValue(Optional.of("12345"));
		CompletableFuture<Optional<String>> tooLong = reader().readLine(5);
		this.embedded.receive("12345");
		assertThat(tooLong).isNotDone();
		this.embedded.receive("6");
		assertThat(Loopback.failureOf(tooLong)).isInstanceOf(DelimiterNotFoundException.class)
			.hasMessage("Connection to peer/<unresolved>:7 sent a line that is too long (expected: at most 5 bytes)");
		assertThat(this.embedded.connection().closeReason()).get().isInstanceOf(DelimiterNotFoundException.class);
		assertThat(this.embedded.channel().isOpen()).isFalse();
	}

	@Test
	void theNextLineComesWhenTheStageOfTheLastCompleted() {
		List<CompletableFuture<Void>> stages = new ArrayList<>();
		CompletableFuture<Void> loop = reader().forEachLine((line) -> {
			stages.add(new CompletableFuture<>());
			return stages.get(stages.size() - 1);
		});
		this.embedded.receive("1\n2\n").receiveEnd();
		assertThat(stages).hasSize(1);
		stages.get(0).complete(null);
		this.embedded.run();
		assertThat(stages).hasSize(2);
		assertThat(loop).isNotDone();
		stages.get(1).complete(null);
		this.embedded.run();
		assertThat(loop).isCompletedWithValue(null);
	}

	@Test
	void aFailingHandlerEndsTheLoopAndLeavesTheRestUnread() {
		IllegalStateException error = new IllegalStateException("no");
		for (boolean thrown : new boolean[] { true, false }) {
			CompletableFuture<Void> loop = reader().forEachLine((line) -> {
				if (thrown) {
					throw error;
				}
				return CompletableFuture.failedFuture(error);
			});
			this.embedded.receive("1\n2\n");
			assertThat(Loopback.failureOf(loop)).isSameAs(error);
			CompletableFuture<Optional<String>> rest = reader().readLine();
			this.embedded.run();
			assertThat(rest).isCompletedWithValue(Optional.of("2"));
		}
		assertThat(this.embedded.connection().isClosed()).isFalse();
	}

	@Test
	void aHundredThousandLinesAtOnceDoNotOverflowTheStack() {
		String lines = "x\n".repeat(100_000);
		int[] count = new int[2];
		CompletableFuture<Void> loop = reader().forEachLine((line) -> {
			count[0]++;
			return CompletableFuture.completedFuture(null);
		});
		this.embedded.receive(lines);
		loop.cancel(false);
		readAllLines(count);
		this.embedded.receive(lines).receiveEnd();
		assertThat(count).containsExactly(100_000, 100_000);
	}

	@Test
	void readingStopsAtAFullBufferAndGoesOnWhenItIsDrained() {
		this.embedded.close();
		this.embedded = EmbeddedConnection.ofClient(ConnectOptions.defaults().withReaderBufferSize(4));
		this.embedded.receive("123");
		assertThat(this.embedded.isReading()).isTrue();
		this.embedded.receive("4");
		assertThat(this.embedded.isReading()).isFalse();
		reader().readExactly(1);
		this.embedded.run();
		assertThat(this.embedded.isReading()).isTrue();
	}

	@Test
	void aSecondReadIsRefusedAndTheFirstGoesOn() {
		CompletableFuture<Optional<String>> first = reader().readLine();
		assertThat(Loopback.failureOf(reader().read())).isInstanceOf(IllegalStateException.class);
		this.embedded.receive("x\n");
		assertThat(first).isCompletedWithValue(Optional.of("x"));
	}

	@Test
	void aCancelledReadMakesWayAndTakesNothing() {
		reader().readLine().cancel(false);
		CompletableFuture<Optional<String>> second = reader().readLine();
		this.embedded.receive("x\n");
		assertThat(second).isCompletedWithValue(Optional.of("x"));
	}

	@Test
	void aHandlerMayAbandonItsLoopAndBeginAnotherRead() {
		CompletableFuture<CompletableFuture<Optional<String>>> second = new CompletableFuture<>();
		CompletableFuture<CompletableFuture<Void>> loop = new CompletableFuture<>();
		loop.complete(reader().forEachLine((line) -> {
			loop.join().cancel(false);
			second.complete(reader().readLine());
			return CompletableFuture.completedFuture(null);
		}));
		this.embedded.receive("1\n2\nrest").receiveEnd();
		assertThat(second.join()).isCompletedWithValue(Optional.of("2"));
		CompletableFuture<Optional<String>> third = reader().readLine();
		this.embedded.run();
		assertThat(third).isCompletedWithValue(Optional.of("rest"));
	}

	@Test
	void badArgumentsAreNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> reader().readExactly(-1))
			.withMessage("length: -1 (expected: >= 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> reader().readUntil(new byte[0], 1))
			.withMessage("delimiter.length: 0 (expected: >= 1)");
		assertThatIllegalArgumentException().isThrownBy(() -> reader().readLine(-1))
			.withMessage("maxLength: -1 (expected: >= 0)");
	}

	@Test
	void randomCutsOfRandomLinesAreReadAsSent() {
		RandomGenerator random = new SplittableRandom(42);
		for (int round = 0; round < 200; round++) {
			List<String> sent = IntStream.range(0, random.nextInt(20))
				.mapToObj((i) -> "é".repeat(random.nextInt(30)))
				.toList();
			List<String> seen = new ArrayList<>();
			try (EmbeddedConnection connection = EmbeddedConnection.ofClient()) {
				CompletableFuture<Void> loop = connection.reader().forEachLine((line) -> {
					seen.add(line);
					CompletableFuture<Void> done = new CompletableFuture<>();
					if (random.nextBoolean()) {
						done.complete(null);
					}
					else {
						connection.channel().eventLoop().execute(() -> done.complete(null));
					}
					return done;
				});
				ByteBuf bytes = Unpooled.copiedBuffer(String.join("", sent.stream().map((s) -> s + "\n").toList()),
						UTF_8);
				while (bytes.isReadable()) {
					connection.channel().writeInbound(bytes.readBytes(1 + random.nextInt(bytes.readableBytes())));
				}
				connection.receiveEnd();
				assertThat(loop).isCompletedWithValue(null);
			}
			assertThat(seen).isEqualTo(sent);
		}
	}

	private void readLines(int count, List<String> lines, CompletableFuture<List<String>> result) {
		if (lines.size() == count) {
			result.complete(lines);
			return;
		}
		reader().readLine().thenAccept((line) -> {
			lines.add(line.orElseThrow());
			readLines(count, lines, result);
		});
	}

	private void readAllLines(int[] count) {
		reader().readLine().thenAccept((line) -> {
			if (line.isPresent()) {
				count[1]++;
				readAllLines(count);
			}
		});
	}

	private static String text(CompletableFuture<Optional<ByteBuf>> future) {
		assertThat(future).isCompleted();
		ByteBuf bytes = future.join().orElseThrow();
		String text = bytes.toString(UTF_8);
		bytes.release();
		return text;
	}

}
