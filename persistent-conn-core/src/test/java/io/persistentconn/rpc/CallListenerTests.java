package io.persistentconn.rpc;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What those who listen to calls are told, on both sides.
 */
@Tag("R9")
class CallListenerTests extends InterceptorTestCase {

	@Test
	@Tag("R12")
	void theListenerHearsOfOneEndHoweverTheCallEnds() {
		TwoEnds ends = ends(List.of(recording("c")), List.of());
		RpcConnection client = ends.client();
		CompletableFuture<String> cancelled = ECHO.dispatch(client, "later");
		ends.time.run();
		assertThat(cancelled.cancel(false)).isTrue();
		assertThat(cancelled.cancel(false)).isTrue();
		CompletableFuture<String> completed = ECHO.dispatch(client, "later");
		ends.time.run();
		assertThat(completed.complete("by hand")).isTrue();
		assertThat(completed.cancel(false)).isFalse();
		CompletableFuture<String> closed = ECHO.dispatch(client, "later");
		ends.time.run();
		this.answers.forEach((answer) -> assertThat(answer.isDone()).isFalse());
		this.answers.get(0).complete("late");
		this.answers.get(1).complete("late");
		ends.done(client.closeAsync());
		ends.errorOf(closed);
		ends.errorOf(ECHO.dispatch(client, "too late"));
		assertThat(this.log.stream().filter((line) -> line.startsWith("c ended"))).satisfiesExactly(
				(first) -> assertThat(first).contains(CancellationException.class.getName()),
				(second) -> assertThat(second).isEqualTo("c ended"),
				(third) -> assertThat(third).contains("ConnectionClosed", "outcomeUnknown=true"),
				(fourth) -> assertThat(fourth).contains("ConnectionClosed", "outcomeUnknown=false"));
		assertThat(completed).isCompletedWithValue("by hand");
	}

	/** The owner answers while the caller cancels. */
	@Test
	@Tag("R12")
	void whatTheListenerHearsIsWhatTheCallerGets() throws InterruptedException {
		for (int i = 0; i < 2_000; i++) {
			List<Optional<Throwable>> heard = new CopyOnWriteArrayList<>();
			CallListeners listeners = new CallListeners();
			listeners.add(new CallListener() {

				@Override
				public void ended(Optional<Throwable> error) {
					heard.add(error);
				}

			});
			UnaryCall<String, String> call = new UnaryCall<>(ECHO, "x", null);
			call.intercepted(listeners);
			Thread owner = new Thread(() -> call.complete("answer"));
			owner.start();
			call.cancel(false);
			owner.join();
			assertThat(heard).hasSize(1);
			assertThat(call).isDone();
			assertThat(call.isCancelled()).isEqualTo(heard.get(0).isPresent());
		}
	}

	@Test
	void theListenerHearsOfAnErrorOnBothSides() {
		TwoEnds ends = ends(List.of(recording("c")), List.of(recording("s")));
		assertThat(ends.errorOf(ECHO.dispatch(ends.client(), "fail"))).isInstanceOf(RpcError.UncaughtException.class);
		assertThat(this.log.stream().filter((line) -> line.contains("ended"))).satisfiesExactly(
				(server) -> assertThat(server)
					.isEqualTo("s ended java.lang.IllegalStateException: expected by the test"),
				(client) -> assertThat(client).startsWith("c ended io.persistentconn.rpc.RpcException: echo v1: "));
	}

	@Test
	void anAnswerThatCannotBeSentIsAnErrorToTheListener() {
		Rpc<String, Long> unsendable = Rpc.of("unsendable", 1, BinCodecs.STRING, BinCodecs.INT);
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults()
			.withInterceptors(List.of(recording("s")))
			.withImplementations(Implementations.of(unsendable.implementNow((context, text) -> Long.MAX_VALUE))));
		assertThat(ends.errorOf(unsendable.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.WriteError.class);
		assertThat(this.log).last().asString().startsWith("s ended ").contains("unsendable v1", "WriteError");
	}

	@Test
	void aQueryThatDoesNotDecodeIsAnErrorToTheListener() {
		Rpc<Long, String> wrong = Rpc.of("echo", 1, BinCodecs.INT, BinCodecs.STRING);
		TwoEnds ends = ends(List.of(), List.of(recording("s")));
		assertThat(ends.errorOf(wrong.dispatch(ends.client(), 100L))).isInstanceOf(RpcError.BinIo.class);
		assertThat(this.log).last().asString().startsWith("s ended ").contains("BinProtException");
	}

	@Test
	void aRejectionIsAnAnswer() {
		TwoEnds ends = ends(List.of(recording("c")), List.of(recording("s")));
		assertThat(ends.done(LINES.dispatch(ends.client(), "reject"))).isEqualTo(Outcome.rejected("rejected"));
		assertThat(ends.done(BOOK.dispatch(ends.client(), "reject"))).isEqualTo(Outcome.rejected("rejected"));
		assertThat(this.log).filteredOn((line) -> line.contains("ended"))
			.containsExactly("s ended", "c ended", "s ended", "c ended");
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void aHandlerThatAnswersAfterTheCloseHasEndedItsCall(Call call) {
		TwoEnds ends = ends(List.of(), List.of(recording("s")));
		call.dispatch(ends.client(), "later");
		ends.time.run();
		ends.done(ends.client().closeAsync());
		this.answers.forEach((answer) -> answer.complete("late"));
		ends.time.run();
		assertThat(this.log).filteredOn((line) -> line.contains("ended")).containsExactly("s ended");
	}

	@Test
	void aListenerThatThrowsIsInTheWayOfNobody() {
		RpcInterceptor throwing = new RpcInterceptor() {

			@Override
			public CallListener dispatching(OutgoingCall call) {
				return listener(false);
			}

			@Override
			public CallListener serving(IncomingCall call) {
				return listener(call.metadata().isPresent());
			}

		};
		TwoEnds ends = ends(List.of(recording("c1"), throwing, recording("c2")),
				List.of(recording("s1"), throwing, recording("s2")));
		assertThat(ends.done(ECHO.dispatch(ends.client(), "hello"))).isEqualTo("hello");
		assertThat(this.log).contains("c1 ended", "c2 ended", "s2 close", "s1 close", "s1 ended", "s2 ended");
		this.log.clear();
		assertThat(ends.errorOf(ECHO.dispatch(ends.client(), "hello", QueryMetadata.of("no scope"))))
			.isInstanceOf(RpcError.UncaughtException.class);
		assertThat(this.log).filteredOn((line) -> line.startsWith("s") || line.startsWith("h"))
			.containsExactly("s1 serving UNARY echo v1", "s2 serving UNARY echo v1", "s1 scope", "s1 close",
					"s2 ended java.lang.IllegalStateException: expected by the test",
					"s1 ended java.lang.IllegalStateException: expected by the test");
	}

	private static CallListener listener(boolean withoutScope) {
		return new CallListener() {

			@Override
			public Scope handling() {
				if (withoutScope) {
					throw new IllegalStateException("expected by the test");
				}
				return () -> {
					throw new IllegalStateException("expected by the test, too");
				};
			}

			@Override
			public void ended(Optional<Throwable> error) {
				throw new IllegalStateException("and this as well");
			}

		};
	}

}
