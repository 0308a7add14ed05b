package io.persistentconn.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that answer in no proper way harm no call but their own.
 */
@Tag("R4")
class HandlerTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final Rpc<String, String> ODD = Rpc.of("odd", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final PipeRpc<Unit, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.STRING,
			BinCodecs.STRING);

	private final Implementation echo = ECHO.implementNow((context, text) -> text);

	@Test
	void whoNeverAnswersKeepsNobodyElseWaiting() {
		TwoEnds ends = serving(new CompletableFuture<>());
		CompletableFuture<String> never = ODD.dispatch(ends.client(), "x");
		assertAlive(ends);
		assertThat(never).isNotDone();
		ends.done(ends.client().closeAsync("enough"));
		assertThat(ends.errorOf(never)).isInstanceOf(RpcError.ConnectionClosed.class);
	}

	@Test
	void whoAnswersTwiceIsHeardOnce() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		TwoEnds ends = serving(answer);
		CompletableFuture<String> call = ODD.dispatch(ends.client(), "x");
		ends.time.run();
		assertThat(answer.complete("first")).isTrue();
		assertThat(answer.complete("second")).isFalse();
		assertThat(ends.done(call)).isEqualTo("first");
		assertAlive(ends);
	}

	@Test
	void aStageThatCompletesTwiceIsHeardOnce() {
		TwoEnds ends = serving(new CompletableFuture<>() {

			@Override
			public CompletableFuture<String> whenComplete(
					BiConsumer<? super @Nullable String, ? super @Nullable Throwable> action) {
				action.accept("first", null);
				action.accept("second", null);
				action.accept(null, new IllegalStateException("third"));
				return this;
			}

		});
		assertThat(ends.done(ODD.dispatch(ends.client(), "x"))).isEqualTo("first");
		assertAlive(ends);
		assertThat(ends.server().session().servedCalls().open()).isZero();
	}

	@Test
	void whoAnswersWithNoStageFailsHisCallerOnly() {
		TwoEnds ends = serving(null);
		assertThat(ends.errorOf(ODD.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.UncaughtException.class);
		assertAlive(ends);
		// Or a graceful close would wait for a call that has ended.
		assertThat(ends.server().session().servedCalls().open()).isZero();
	}

	@Test
	void whoAnswersWithNothingFailsHisCallerOnly() {
		TwoEnds ends = serving(CompletableFuture.completedFuture(null));
		assertThat(ends.errorOf(ODD.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.WriteError.class);
		assertAlive(ends);
	}

	@Test
	void whoEndsAStreamTwiceAndWritesAfterwardsIsHeardOnce() {
		List<StreamWriter<String>> writers = new ArrayList<>();
		TwoEnds ends = TwoEnds.serving(this.echo, LINES.implementDirect((context, unit, writer) -> {
			writers.add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
		}));
		Pipe<String> pipe = ends.done(LINES.dispatch(ends.client(), Unit.UNIT)).orElseThrow();
		writers.get(0).write("line");
		writers.get(0).close();
		writers.get(0).close();
		writers.get(0).write("late");
		assertThat(ends.done(pipe.read())).contains("line");
		assertThat(writers.get(0).write("too late")).isFalse();
		assertThat(ends.done(pipe.read())).isEmpty();
		assertAlive(ends);
	}

	@Test
	void aStreamHandlerThatAnswersWithNoStageOrNoPublisherFailsItsCallerOnly() {
		TwoEnds none = TwoEnds.serving(this.echo, LINES.implement((context, unit) -> null));
		assertThat(none.errorOf(LINES.dispatch(none.client(), Unit.UNIT)))
			.isInstanceOf(RpcError.UncaughtException.class);
		assertAlive(none);
		TwoEnds nothing = TwoEnds.serving(this.echo,
				LINES.implement((context, unit) -> CompletableFuture.completedFuture(null)));
		assertThat(nothing.errorOf(LINES.dispatch(nothing.client(), Unit.UNIT)))
			.isInstanceOf(RpcError.UncaughtException.class);
		assertAlive(nothing);
		assertThat(nothing.server().session().servedCalls().streams()).isZero();
	}

	@Test
	void aPublisherThatThrowsFailsItsCallerOnly() {
		TwoEnds ends = TwoEnds.serving(this.echo,
				LINES.implement((context, unit) -> CompletableFuture.completedFuture(Outcome.accepted((subscriber) -> {
					throw new IllegalStateException("expected by the test");
				}))));
		Pipe<String> pipe = ends.done(LINES.dispatch(ends.client(), Unit.UNIT)).orElseThrow();
		assertThat(ends.errorOf(pipe.read())).isInstanceOf(RpcError.UncaughtException.class);
		assertAlive(ends);
		assertThat(ends.server().session().servedCalls().streams()).isZero();
	}

	@Test
	void answersAfterTheConnectionDiedGoNowhere() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		TwoEnds ends = serving(answer);
		CompletableFuture<String> call = ODD.dispatch(ends.client(), "x");
		ends.time.run();
		RpcConnection server = ends.server();
		ends.transports.first().cutAfter(0, new IllegalStateException("reset"));
		ends.advance(Duration.ofSeconds(5));
		assertThat(ends.errorOf(call)).isInstanceOf(RpcError.ConnectionClosed.class);
		answer.complete("late");
		ends.time.run();
		assertThat(server.session().servedCalls().open()).isZero();
		assertThat(ends.time.pendingAlarms()).isZero();
	}

	private TwoEnds serving(@Nullable CompletionStage<String> answer) {
		return TwoEnds.serving(this.echo, ODD.implement((context, text) -> answer));
	}

	private static void assertAlive(TwoEnds ends) {
		assertThat(ends.done(ECHO.dispatch(ends.client(), "alive"))).isEqualTo("alive");
		assertThat(ends.client().isClosed()).isFalse();
	}

}
