package io.persistentconn.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("R3")
class StreamTests {

	private static final PipeRpc<Unit, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.STRING,
			BinCodecs.STRING);

	private static final StateRpc<Unit, Long, String, String> STATE = StateRpc.of("state", 1, BinCodecs.UNIT,
			BinCodecs.INT, BinCodecs.STRING, BinCodecs.STRING);

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final PipeWriter<String> source = PipeWriter.create();

	private final TwoEnds ends = TwoEnds.serving(
			LINES.implement((context, unit) -> CompletableFuture.completedFuture(Outcome.accepted(this.source.pipe()))),
			ECHO.implementNow((context, text) -> text));

	@Test
	void updatesArriveInOrderAndThenTheEnd() {
		Pipe<String> pipe = open(LINES);
		assertThat(pipe.tryRead()).isEmpty();
		this.source.write("1");
		this.source.write("2");
		assertThat(next(pipe)).contains("1");
		assertThat(next(pipe)).contains("2");
		this.source.write("3");
		this.source.close();
		assertThat(next(pipe)).contains("3");
		assertThat(next(pipe)).isEmpty();
	}

	@Test
	void closingThePipeEndsTheStreamAtItsSource() {
		Pipe<String> pipe = open(LINES);
		this.source.write("1");
		this.ends.time.run();
		pipe.close();
		this.ends.time.run();
		assertThat(this.source.isClosed()).isTrue();
		assertThat(streams(this.ends.server())).isZero();
		assertThat(this.ends.client().session().openCalls().size()).isZero();
	}

	@Test
	void cancellingTheCallEndsTheStream() {
		CompletableFuture<Outcome<Pipe<String>, String>> decision = new CompletableFuture<>();
		TwoEnds slow = TwoEnds.serving(LINES.implement((context, unit) -> decision));
		CompletableFuture<?> call = LINES.dispatch(slow.client(), Unit.UNIT);
		slow.time.run();
		call.cancel(false);
		slow.time.run();
		assertThat(slow.client().session().openCalls().size()).isOne();
		decision.complete(Outcome.accepted(this.source.pipe()));
		slow.time.run();
		assertThat(this.source.isClosed()).isTrue();
		assertThat(slow.client().session().openCalls().size()).isZero();
		assertThat(streams(slow.server())).isZero();
		assertThat(slow.client().isClosed()).isFalse();
	}

	@Test
	void aSourceThatFailsFailsThePipe() {
		Pipe<String> pipe = open(LINES);
		this.source.write("1");
		this.source.fail(new IllegalStateException("expected by the test"));
		assertThat(next(pipe)).contains("1");
		assertThat(this.ends.errorOf(pipe.read())).isInstanceOfSatisfying(RpcError.UncaughtException.class,
				(error) -> assertThat(error.error()).asString().contains("expected by the test"));
		assertThat(this.ends.client().session().openCalls().size()).isZero();
	}

	@Test
	@Tag("R10")
	void whatTheCallerSeesOfASourceThatFailsMayBeMapped() {
		Implementation lines = LINES
			.implement((context, unit) -> CompletableFuture.completedFuture(Outcome.accepted(this.source.pipe())));
		TwoEnds mapped = TwoEnds.serving(lines.mapStreamErrors((error) -> new NotAuthorizedException("no more")));
		Pipe<String> pipe = mapped.done(LINES.dispatch(mapped.client(), Unit.UNIT)).orElseThrow();
		this.source.fail(new IllegalStateException("expected by the test"));
		assertThat(mapped.errorOf(pipe.read())).isInstanceOfSatisfying(RpcError.AuthorizationFailure.class,
				(error) -> assertThat(error.error()).asString().contains("no more"));
	}

	@Test
	void aMappingThatThrowsIsSeenToo() {
		Implementation lines = LINES
			.implement((context, unit) -> CompletableFuture.completedFuture(Outcome.accepted(this.source.pipe())));
		TwoEnds mapped = TwoEnds.serving(lines.onException(ExceptionPolicy.call((rpc, error) -> {
		})).mapStreamErrors((error) -> {
			throw new IllegalStateException("expected of the mapping");
		}));
		Pipe<String> pipe = mapped.done(LINES.dispatch(mapped.client(), Unit.UNIT)).orElseThrow();
		this.source.fail(new IllegalStateException("expected by the test"));
		assertThat(mapped.errorOf(pipe.read())).asString().contains("expected of the mapping");
	}

	@Test
	void aConnectionThatDiesFailsThePipeAfterWhatCame() {
		Pipe<String> pipe = open(LINES);
		this.source.write("1");
		this.ends.time.run();
		this.ends.transports.second().cutAfter(0, new IllegalStateException("reset"));
		this.ends.time.run();
		assertThat(next(pipe)).contains("1");
		assertThat(this.ends.errorOf(pipe.read())).isInstanceOf(RpcError.ConnectionClosed.class);
		assertThat(this.source.isClosed()).isTrue();
	}

	@Test
	void aHandlerMayRejectOrFail() {
		TwoEnds rejecting = TwoEnds.serving(
				LINES.implement((context, unit) -> CompletableFuture.completedFuture(Outcome.rejected("no"))),
				STATE.implement((context, unit) -> {
					throw new IllegalStateException("expected by the test");
				}));
		Outcome<Pipe<String>, String> outcome = rejecting.done(LINES.dispatch(rejecting.client(), Unit.UNIT));
		assertThat(outcome).isEqualTo(Outcome.rejected("no"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(outcome::orElseThrow).withMessageEndingWith("no");
		assertThat(rejecting.errorOf(STATE.dispatch(rejecting.client(), Unit.UNIT)))
			.isInstanceOf(RpcError.UncaughtException.class);
		assertThat(streams(rejecting.server())).isZero();
		assertThat(rejecting.client().session().openCalls().size()).isZero();
	}

	@Test
	void aStateComesBeforeItsUpdates() {
		TwoEnds stateful = TwoEnds.serving(STATE.implementDirect((context, unit, writer) -> {
			writer.write("before the decision");
			return CompletableFuture.completedFuture(Outcome.accepted(7L));
		}));
		StateStream<Long, String> stream = stateful.done(STATE.dispatch(stateful.client(), Unit.UNIT)).orElseThrow();
		assertThat(stream.state()).isEqualTo(7);
		assertThat(stateful.done(stream.updates().read())).contains("before the decision");
	}

	@Test
	@Tag("R4")
	void anUpdateThatDoesNotDecodeEndsTheStreamOnly() {
		PipeRpc<Unit, Boolean, String> wrong = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.BOOL, BinCodecs.STRING);
		Pipe<Boolean> pipe = open(wrong);
		this.source.write("this is no bool");
		this.source.write("neither is this");
		assertThat(this.ends.errorOf(pipe.read())).isInstanceOf(RpcError.BinIo.class);
		assertThat(this.source.isClosed()).isTrue();
		assertThat(this.ends.done(ECHO.dispatch(this.ends.client(), "alive"))).isEqualTo("alive");
		assertThat(this.ends.client().session().openCalls().size()).isZero();
	}

	@Test
	@Tag("R8")
	void anUpdateThatIsTooBigEndsTheStreamOnly() {
		Pipe<String> pipe = open(LINES);
		this.source.write("x".repeat(RpcOptions.DEFAULT_MAX_MESSAGE_SIZE));
		assertThat(this.ends.errorOf(pipe.read())).isInstanceOf(RpcError.WriteError.class);
		assertThat(this.ends.done(ECHO.dispatch(this.ends.client(), "alive"))).isEqualTo("alive");
		assertThat(streams(this.ends.server())).isZero();
		assertThat(this.ends.client().session().openCalls().size()).isZero();
	}

	@Test
	@Tag("R5")
	void aServerStopsPullingWhileTheConnectionIsBackedUp() {
		open(LINES);
		this.ends.transports.first().holdBack(true);
		this.ends.time.run();
		int written = 0;
		while (this.source.tryWrite("x".repeat(1000))) {
			written++;
			this.ends.time.run();
			assertThat(written).isLessThan(2000);
		}
		assertThat(this.ends.server().bytesToWrite()).isLessThan(1_000_000);
		this.ends.transports.first().holdBack(false);
		this.ends.time.run();
		assertThat(this.source.tryWrite("more")).isTrue();
	}

	@Test
	@Tag("R5")
	void aClientThatPushesBackStopsReadingTheConnection() {
		Pipe<String> pipe = open(LINES.withPushback());
		for (int i = 0; i < 100; i++) {
			this.source.writeWithoutPushback("" + i);
		}
		CompletableFuture<String> echo = ECHO.dispatch(this.ends.client(), "behind");
		this.ends.time.run();
		assertThat(pipe.size()).isOne();
		assertThat(echo).isNotDone();
		for (int i = 0; i < 100; i++) {
			assertThat(next(pipe)).contains("" + i);
		}
		assertThat(this.ends.done(echo)).isEqualTo("behind");
	}

	@Test
	@Tag("R5")
	void aClientThatDoesNotKeepUpMayBeCutOff() {
		Pipe<String> pipe = open(LINES.withMaxBuffered(3));
		for (int i = 0; i < 5; i++) {
			this.source.writeWithoutPushback("" + i);
		}
		this.ends.time.run();
		for (int i = 0; i < 4; i++) {
			assertThat(next(pipe)).contains("" + i);
		}
		assertThat(this.ends.failureOf(pipe.read())).isInstanceOf(SlowConsumerException.class)
			.hasMessageContaining("lines v1", "3 updates");
		assertThat(this.source.isClosed()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> LINES.withMaxBuffered(0))
			.withMessage("maxBuffered: 0 (expected: >= 1)");
	}

	@Test
	@Tag("R6")
	void aHandlerTakesUpdatesWithoutAPipeAndMayAskToWait() {
		List<String> updates = new ArrayList<>();
		List<CompletableFuture<Void>> stages = new ArrayList<>();
		List<Optional<Throwable>> endings = new ArrayList<>();
		StreamHandle handle = this.ends.done(LINES.dispatchIter(this.ends.client(), Unit.UNIT, new StreamHandler<>() {

			@Override
			public @Nullable CompletionStage<?> onUpdate(String update) {
				updates.add(update);
				stages.add(new CompletableFuture<>());
				return stages.get(stages.size() - 1);
			}

			@Override
			public void onEnd(Optional<Throwable> error) {
				endings.add(error);
			}

		})).orElseThrow();
		this.source.write("1");
		this.source.write("2");
		this.ends.time.run();
		assertThat(updates).containsExactly("1");
		stages.get(0).complete(null);
		this.ends.time.run();
		assertThat(updates).containsExactly("1", "2");
		stages.get(1).complete(null);
		handle.abort();
		handle.abort();
		this.ends.time.run();
		assertThat(this.source.isClosed()).isTrue();
		assertThat(endings).isEmpty();
		assertThat(this.ends.client().session().openCalls().size()).isZero();
	}

	@Test
	@Tag("R6")
	void aGroupEncodesOnceForAllItsStreams() {
		int[] encoded = new int[1];
		CountingCodec codec = new CountingCodec(() -> encoded[0]++);
		StreamGroup<String> group = new StreamGroup<>(codec);
		PipeRpc<Unit, String, String> rpc = PipeRpc.of("lines", 1, BinCodecs.UNIT, codec, BinCodecs.STRING);
		TwoEnds grouped = TwoEnds.serving(rpc.implementDirect((context, unit, writer) -> {
			group.add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
		}));
		List<Pipe<String>> pipes = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			pipes.add(grouped.done(LINES.dispatch(grouped.client(), Unit.UNIT)).orElseThrow());
		}
		assertThat(group.size()).isEqualTo(1000);
		group.write("to all");
		assertThat(encoded[0]).isOne();
		for (Pipe<String> pipe : pipes) {
			assertThat(grouped.done(pipe.read())).contains("to all");
		}
		pipes.get(0).close();
		grouped.time.run();
		assertThat(group.size()).isEqualTo(999);
		grouped.done(grouped.client().closeAsync());
		grouped.advance(Duration.ofMinutes(1));
		assertThat(group.size()).isZero();
	}

	@Test
	@Tag("R6")
	void aWriterOfAStreamThatEndedSaysSo() {
		List<StreamWriter<String>> writers = new ArrayList<>();
		TwoEnds direct = TwoEnds.serving(LINES.implementDirect((context, unit, writer) -> {
			writers.add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
		}));
		Pipe<String> pipe = direct.done(LINES.dispatch(direct.client(), Unit.UNIT)).orElseThrow();
		StreamWriter<String> writer = writers.get(0);
		assertThat(writer.write("1")).isTrue();
		assertThat(direct.done(pipe.read())).contains("1");
		writer.close();
		assertThat(direct.done(pipe.read())).isEmpty();
		assertThat(writer.isClosed()).isTrue();
		assertThat(writer.closed()).isCompleted();
		assertThat(writer.write("2")).isFalse();
		assertThat(writer.isBackedUp()).isFalse();
		direct.done(writer.readyForMore());
	}

	@ParameterizedTest
	@CsvSource({ "lines, true", "lines, false", "state, true", "state, false" })
	@Tag("R6")
	void whoWritesForAsLongAsThereIsRoomComesToAnEndWhenTheConnectionCloses(String kind, boolean byForce) {
		PipeWriter<String> endless = PipeWriter.create(64);
		TwoEnds busy = TwoEnds.serving(LINES.implementDirect((context, unit, writer) -> {
			fill(writer);
			writer.closed().thenRun(endless::close);
			return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
		}), STATE.implement((context, unit) -> {
			feed(endless);
			return CompletableFuture.completedFuture(Outcome.accepted(new StateStream<>(1L, endless.pipe())));
		}));
		RpcConnection server = busy.server();
		RpcConnection client = busy.client();
		busy.transports.first().holdBack(true);
		if (kind.equals("lines")) {
			LINES.dispatch(client, Unit.UNIT);
		}
		else {
			STATE.dispatch(client, Unit.UNIT);
		}
		busy.time.run();
		if (byForce) {
			busy.transports.second().closeByForce();
		}
		else {
			server.closeAsync("bye");
		}
		busy.advance(Duration.ofMinutes(1));
		assertThat(server.closeFinished()).isCompleted();
		assertThat(endless.isClosed()).isTrue();
	}

	@Test
	@Tag("R6")
	void whoWritesWithoutYieldingLearnsThatTheTransportClosed() {
		List<StreamWriter<String>> writers = new ArrayList<>();
		TwoEnds busy = TwoEnds.serving(LINES.implementDirect((context, unit, writer) -> {
			writers.add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
		}));
		busy.done(LINES.dispatch(busy.client(), Unit.UNIT));
		List<Boolean> closed = new ArrayList<>();
		busy.time.execute(() -> {
			busy.transports.second().closeByForce();
			writers.get(0).write("goes nowhere");
			closed.add(writers.get(0).isClosed());
		});
		busy.time.run();
		assertThat(closed).containsExactly(true);
	}

	private static void fill(StreamWriter<String> writer) {
		while (!writer.isBackedUp() && !writer.isClosed()) {
			writer.write("as much as there is room for");
		}
		if (!writer.isClosed()) {
			writer.readyForMore().thenRun(() -> fill(writer));
		}
	}

	private static void feed(PipeWriter<String> writer) {
		boolean room = true;
		while (room) {
			room = writer.tryWrite("as much as there is room for");
		}
		if (!writer.isClosed()) {
			writer.pushback().thenRun(() -> feed(writer));
		}
	}

	@Test
	@Tag("R6")
	void aWriterIsBackedUpUntilTheStreamIsAccepted() {
		List<StreamWriter<String>> writers = new ArrayList<>();
		CompletableFuture<Outcome<Unit, String>> decision = new CompletableFuture<>();
		TwoEnds direct = TwoEnds.serving(LINES.implementDirect((context, unit, writer) -> {
			writers.add(writer);
			return decision;
		}));
		CompletableFuture<Outcome<Pipe<String>, String>> call = LINES.dispatch(direct.client(), Unit.UNIT);
		direct.time.run();
		StreamWriter<String> writer = writers.get(0);
		CompletableFuture<Void> ready = writer.readyForMore();
		writer.write("early");
		assertThat(writer.isBackedUp()).isTrue();
		assertThat(ready).isNotDone();
		decision.complete(Outcome.accepted(Unit.UNIT));
		direct.done(ready);
		assertThat(writer.isBackedUp()).isFalse();
		assertThat(direct.done(direct.done(call).orElseThrow().read())).contains("early");
	}

	private <U> Pipe<U> open(PipeRpc<Unit, U, String> rpc) {
		return this.ends.done(rpc.dispatch(this.ends.client(), Unit.UNIT)).orElseThrow();
	}

	private Optional<String> next(Pipe<String> pipe) {
		return this.ends.done(pipe.read());
	}

	private static int streams(RpcConnection connection) {
		return connection.session().servedCalls().streams();
	}

}
