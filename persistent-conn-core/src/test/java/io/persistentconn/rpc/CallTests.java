package io.persistentconn.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinShape;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcError.Closer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final Rpc<String, String> OTHER = Rpc.of("other", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final OneWayRpc<String> LOG = OneWayRpc.of("log", 1, BinCodecs.STRING);

	private final List<Object> seen = new ArrayList<>();

	@Test
	@Tag("R3")
	void eitherEndMayCallTheOther() {
		Implementations echo = Implementations.of(ECHO.implementNow((context, text) -> text + "!"));
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withImplementations(echo),
				RpcOptions.defaults().withImplementations(echo));
		assertThat(ends.done(ECHO.dispatch(ends.client(), "to server"))).isEqualTo("to server!");
		assertThat(ends.done(ECHO.dispatch(ends.server(), "to client"))).isEqualTo("to client!");
	}

	@Test
	@Tag("R3")
	void aHandlerMayCallBackOverTheSameConnection() {
		Implementations echo = Implementations.of(ECHO.implementNow((context, text) -> text + "!"));
		Implementation asking = OTHER.implement((context, text) -> ECHO.dispatch(context.connection(), text));
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withImplementations(echo),
				RpcOptions.defaults().withImplementations(Implementations.of(asking)));
		assertThat(ends.done(OTHER.dispatch(ends.client(), "hello"))).isEqualTo("hello!");
	}

	@Test
	@Tag("R3")
	void answersComeInAnyOrder() {
		List<CompletableFuture<String>> answers = new ArrayList<>();
		TwoEnds ends = TwoEnds.serving(ECHO.implement((context, text) -> {
			CompletableFuture<String> answer = new CompletableFuture<>();
			answers.add(answer);
			return answer;
		}));
		CompletableFuture<String> first = ECHO.dispatch(ends.client(), "first");
		CompletableFuture<String> second = ECHO.dispatch(ends.client(), "second");
		ends.time.run();
		answers.get(1).complete("2");
		assertThat(ends.done(second)).isEqualTo("2");
		assertThat(first).isNotDone();
		answers.get(0).complete("1");
		assertThat(ends.done(first)).isEqualTo("1");
	}

	@Test
	@Tag("R4")
	void aHandlerThatThrowsOrFailsFailsItsCallerOnly() {
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> {
			throw new IllegalStateException("expected by the test");
		}), OTHER.implement((context, text) -> text.isEmpty()
				? CompletableFuture.failedFuture(new IllegalStateException("expected, too"))
				: CompletableFuture.completedFuture(text)));
		CompletableFuture<String> thrown = ECHO.dispatch(ends.client(), "x");
		CompletableFuture<String> failed = OTHER.dispatch(ends.client(), "");
		CompletableFuture<String> fine = OTHER.dispatch(ends.client(), "fine");
		assertThat(ends.errorOf(thrown)).isInstanceOfSatisfying(RpcError.UncaughtException.class,
				(error) -> assertThat(error.error()).asString()
					.contains("location", "server-side blocking rpc computation", "expected by the test"));
		assertThat(ends.errorOf(failed)).isInstanceOfSatisfying(RpcError.UncaughtException.class,
				(error) -> assertThat(error.error()).asString()
					.contains("server-side rpc computation", "expected, too"));
		assertThat(ends.done(fine)).isEqualTo("fine");
	}

	@Test
	@Tag("R4")
	void aPolicyMayBeCalledOrCloseTheConnectionWhenAHandlerFails() {
		RpcFunction<String, String> failing = (context, text) -> {
			throw new IllegalStateException("expected by the test");
		};
		TwoEnds told = TwoEnds.serving(ECHO.implementNow(failing)
			.onException(ExceptionPolicy.call((rpc, error) -> this.seen.add(rpc + " " + error.getMessage()))));
		told.errorOf(ECHO.dispatch(told.client(), "x"));
		assertThat(this.seen).containsExactly("echo v1 expected by the test");
		assertThat(told.client().isClosed()).isFalse();
		TwoEnds closed = new TwoEnds(RpcOptions.defaults(),
				RpcOptions.defaults()
					.withImplementations(Implementations.builder()
						.add(ECHO.implementNow(failing))
						.onException(ExceptionPolicy.closeConnection())
						.build()));
		RpcConnection client = closed.client();
		assertThat(closed.errorOf(ECHO.dispatch(client, "x"))).isInstanceOf(RpcError.UncaughtException.class);
		assertThat(client.closeReason()).get().asString().contains("echo v1", "expected by the test");
	}

	@Test
	@Tag("R4")
	void raisingFailsWhoeverServesTheConnection() {
		IllegalStateException error = new IllegalStateException("expected by the test");
		TwoEnds ends = TwoEnds.serving(LOG.implement((context, text) -> {
			throw error;
		}).onException(ExceptionPolicy.raise()));
		RpcConnection server = ends.server();
		ends.done(LOG.dispatch(ends.client(), "x"));
		assertThat(server.isClosed()).isTrue();
		assertThat(ends.failureOf(server.served())).isSameAs(error);
	}

	@Test
	@Tag("R4")
	void aMessageThatIsDoneLaterMayFailLaterAndIsWaitedFor() {
		List<CompletableFuture<Void>> done = new ArrayList<>();
		TwoEnds ends = TwoEnds.serving(LOG.implementAsync((context, text) -> {
			CompletableFuture<Void> next = new CompletableFuture<>();
			done.add(next);
			return next;
		}).onException(ExceptionPolicy.call((rpc, error) -> this.seen.add(error.getMessage()))));
		ends.done(LOG.dispatch(ends.client(), "x"));
		ends.done(LOG.dispatch(ends.client(), "y"));
		ends.time.run();
		done.get(0).completeExceptionally(new IllegalStateException("expected by the test"));
		ends.time.run();
		assertThat(this.seen).containsExactly("expected by the test");
		CompletableFuture<Void> closed = ends.server().closeAsync("bye", Duration.ofSeconds(10));
		ends.time.run();
		assertThat(closed).isNotDone();
		done.get(1).complete(null);
		ends.done(closed);
	}

	@Test
	@Tag("R4")
	void anUnknownRpcIsAnErrorToItsCallerAndMayCostTheConnection() {
		TwoEnds ends = TwoEnds.serving();
		assertThat(ends.errorOf(ECHO.dispatch(ends.client(), "x"))).isEqualTo(new RpcError.UnimplementedRpc("echo", 1));
		ends.done(LOG.dispatch(ends.client(), "nobody waits for the error that comes back"));
		assertThat(ends.client().isClosed()).isFalse();
		for (boolean lives : new boolean[] { true, false }) {
			TwoEnds asked = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults()
				.withImplementations(Implementations.builder().onUnknownRpc(UnknownRpcPolicy.call((connection, rpc) -> {
					this.seen.add(rpc.toString());
					return lives;
				})).build()));
			RpcConnection client = asked.client();
			assertThat(asked.errorOf(ECHO.dispatch(client, "x"))).isInstanceOf(RpcError.UnimplementedRpc.class);
			assertThat(client.isClosed()).isEqualTo(!lives);
		}
		assertThat(this.seen).containsExactly("echo v1", "echo v1");
	}

	@Test
	@Tag("R4")
	void anUnknownRpcMayBeRaised() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults()
			.withImplementations(Implementations.builder().onUnknownRpc(UnknownRpcPolicy.raise()).build()));
		RpcConnection server = ends.server();
		ends.errorOf(ECHO.dispatch(ends.client(), "x"));
		assertThat(ends.failureOf(server.served())).isInstanceOf(UnknownRpcException.class)
			.hasMessageContaining("echo v1");
	}

	@Test
	@Tag("R4")
	void aResponseThatDoesNotDecodeEndsItsCallOnly() {
		Rpc<String, Unit> wrong = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.UNIT);
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> text));
		assertThat(ends.errorOf(wrong.dispatch(ends.client(), "text"))).isInstanceOf(RpcError.BinIo.class);
		assertThat(ends.done(ECHO.dispatch(ends.client(), "text"))).isEqualTo("text");
	}

	@Test
	@Tag("R4")
	void aQueryThatDoesNotDecodeIsAnErrorToItsCaller() {
		Rpc<Unit, String> wrong = Rpc.of("echo", 1, BinCodecs.UNIT, BinCodecs.STRING);
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> text));
		Rpc<String, String> longer = Rpc.of("echo", 1, twice(BinCodecs.STRING), BinCodecs.STRING);
		assertThat(ends.errorOf(longer.dispatch(ends.client(), "text"))).isInstanceOf(RpcError.BinIo.class);
		assertThat(ends.done(wrong.dispatch(ends.client(), Unit.UNIT))).isEmpty();
	}

	@Test
	@Tag("R4")
	void aCodecThatThrowsFailsItsCallOnly() {
		Rpc<String, String> broken = Rpc.of("echo", 1, throwing(), BinCodecs.STRING);
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> text));
		assertThat(ends.errorOf(broken.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.WriteError.class);
		assertThat(ends.done(ECHO.dispatch(ends.client(), "text"))).isEqualTo("text");
	}

	@Test
	@Tag("R4")
	void aCodecThatThrowsOnReadingFailsItsCallOnly() {
		Rpc<String, String> brokenAtServer = Rpc.of("other", 1, throwing(), BinCodecs.STRING);
		Rpc<String, String> brokenAtClient = Rpc.of("echo", 1, BinCodecs.STRING, throwing());
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> text),
				brokenAtServer.implementNow((context, text) -> text));
		assertThat(ends.errorOf(OTHER.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.BinIo.class);
		assertThat(ends.errorOf(brokenAtClient.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.BinIo.class);
		assertThat(ends.done(ECHO.dispatch(ends.client(), "text"))).isEqualTo("text");
	}

	@Test
	@Tag("R8")
	void aQueryThatIsTooBigFailsAndTheConnectionLives() {
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> text));
		String big = "x".repeat(RpcOptions.DEFAULT_MAX_MESSAGE_SIZE);
		assertThat(ends.errorOf(ECHO.dispatch(ends.client(), big))).isInstanceOf(RpcError.MessageTooBig.class);
		assertThat(ends.done(ECHO.dispatch(ends.client(), "small"))).isEqualTo("small");
	}

	@Test
	@Tag("R8")
	void aMessageThatIsTooBigToReceiveClosesTheConnection() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults().withMaxMessageSize(100));
		RpcConnection server = ends.server();
		CompletableFuture<String> call = ECHO.dispatch(ends.client(), "x".repeat(100));
		assertThat(ends.errorOf(call)).isInstanceOfSatisfying(RpcError.ConnectionClosed.class, (closed) -> {
			assertThat(closed.by()).isEqualTo(Closer.PEER);
			assertThat(closed.reason()).contains("(expected: 1 to 100)");
		});
		assertThat(server.closeReason()).get().asString().contains("(expected: 1 to 100)");
	}

	@Test
	@Tag("R8")
	@Tag("R12")
	void asManyCallsMayBeOpenAsIsSaidTimedOutOnesIncluded() {
		List<CompletableFuture<String>> answers = new ArrayList<>();
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withMaxOpenCalls(2),
				RpcOptions.defaults().withImplementations(Implementations.of(ECHO.implement((context, text) -> {
					CompletableFuture<String> answer = new CompletableFuture<>();
					answers.add(answer);
					return answer;
				}))));
		CompletableFuture<String> cancelled = ECHO.dispatch(ends.client(), "1");
		ends.time.run();
		cancelled.cancel(false);
		CompletableFuture<String> waiting = ECHO.dispatch(ends.client(), "2");
		assertThat(ends.errorOf(ECHO.dispatch(ends.client(), "3"))).isInstanceOf(RpcError.WriteError.class);
		answers.forEach((answer) -> answer.complete("late"));
		assertThat(ends.done(waiting)).isEqualTo("late");
		assertThat(cancelled).isCancelled();
		ECHO.dispatch(ends.client(), "4");
		ECHO.dispatch(ends.client(), "5");
		ends.time.run();
		assertThat(answers).hasSize(4);
	}

	@Test
	@Tag("R8")
	void aFloodOfQueriesWaitsAtTheSender() {
		List<CompletableFuture<String>> answers = new ArrayList<>();
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(),
				RpcOptions.defaults()
					.withMaxOpenCalls(3)
					.withImplementations(Implementations.of(ECHO.implement((context, text) -> {
						CompletableFuture<String> answer = new CompletableFuture<>();
						answers.add(answer);
						return answer;
					}))));
		List<CompletableFuture<String>> calls = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			calls.add(ECHO.dispatch(ends.client(), "" + i));
		}
		ends.time.run();
		assertThat(answers).hasSize(3);
		for (int i = 0; i < 10; i++) {
			answers.get(i).complete("answer");
			ends.time.run();
		}
		assertThat(calls).allMatch(CompletableFuture::isDone);
	}

	@Test
	@Tag("R9")
	void metadataTravelsWithTheQuery() {
		RpcFunction<String, String> telling = (context,
				text) -> context.metadata().map((metadata) -> metadata.payloads().toString()).orElse("none");
		QueryMetadata metadata = QueryMetadata.of("trace").with(7, "more");
		TwoEnds newest = TwoEnds.serving(ECHO.implementNow(telling));
		assertThat(newest.done(ECHO.dispatch(newest.client(), "x", metadata))).isEqualTo("{0=trace, 7=more}");
		assertThat(newest.done(ECHO.dispatch(newest.client(), "x"))).isEqualTo("none");
		TwoEnds older = TwoEnds.serving(2, ECHO.implementNow(telling));
		assertThat(older.done(ECHO.dispatch(older.client(), "x", metadata))).isEqualTo("{0=trace}");
		TwoEnds oldest = TwoEnds.serving(1, ECHO.implementNow(telling));
		assertThat(oldest.done(ECHO.dispatch(oldest.client(), "x", metadata))).isEqualTo("none");
	}

	@Test
	@Tag("R10")
	void aHandlerMayRefuseItsCaller() {
		TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> {
			throw new NotAuthorizedException("not you");
		}).onException(ExceptionPolicy.closeConnection()));
		assertThat(ends.errorOf(ECHO.dispatch(ends.client(), "x"))).isInstanceOfSatisfying(
				RpcError.AuthorizationFailure.class,
				(error) -> assertThat(error.error()).asString().contains("not you"));
		assertThat(ends.client().isClosed()).isFalse();
	}

	@Test
	@Tag("R12")
	void aCallWhoseConnectionDiesHasAnUnknownOutcomeUnlessItWasNotSent() {
		TwoEnds ends = TwoEnds.serving(ECHO.implement((context, text) -> new CompletableFuture<>()));
		RpcConnection client = ends.client();
		CompletableFuture<String> sent = ECHO.dispatch(client, "x");
		ends.time.run();
		ends.transports.first().cutAfter(0, new IllegalStateException("reset"));
		assertThat(ends.errorOf(sent)).isInstanceOfSatisfying(RpcError.ConnectionClosed.class, (closed) -> {
			assertThat(closed.by()).isEqualTo(Closer.TRANSPORT);
			assertThat(closed.reason()).contains("reset");
			assertThat(closed.outcomeUnknown()).isTrue();
		});
		assertThat(ends.errorOf(ECHO.dispatch(client, "late"))).isInstanceOfSatisfying(RpcError.ConnectionClosed.class,
				(closed) -> assertThat(closed.outcomeUnknown()).isFalse());
	}

	@Test
	@Tag("R4")
	void anAnswerAfterTheConnectionDiedHarmsNobody() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		TwoEnds ends = TwoEnds.serving(ECHO.implement((context, text) -> answer));
		CompletableFuture<String> call = ECHO.dispatch(ends.client(), "x");
		ends.time.run();
		ends.done(ends.server().closeAsync());
		ends.errorOf(call);
		answer.complete("late");
		ends.advance(Duration.ofHours(1));
		assertThat(ends.time.pendingAlarms()).isZero();
	}

	@Test
	@Tag("R11")
	void aConnectionKnowsItsPeer() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withIdentification("me"),
				RpcOptions.defaults().withImplementations(Implementations.of(ECHO.implementNow((c, text) -> text))));
		assertThat(ends.server().peerIdentification())
			.hasValueSatisfying((id) -> assertThat(id.text()).isEqualTo("me"));
		assertThat(ends.client().peerIdentification()).isEmpty();
		assertThat(ends.client().peerMenu())
			.hasValueSatisfying((menu) -> assertThat(menu.ids()).containsExactly(ECHO.id()));
		assertThat(ends.server().peerMenu()).hasValueSatisfying((menu) -> assertThat(menu.ids()).isEmpty());
		assertThat(ends.client().bytesRead()).isEqualTo(ends.server().bytesWritten()).isPositive();
		assertThat(ends.client().bytesToWrite()).isZero();
		ends.transports.second().holdBack(true);
		ends.time.run();
		LOG.dispatch(ends.client(), "x");
		assertThat(ends.client().bytesToWrite()).isPositive();
	}

	private static <T> BinCodec<T> twice(BinCodec<T> codec) {
		return new BinCodec<>() {

			@Override
			public int size(T value) {
				return 2 * codec.size(value);
			}

			@Override
			public void write(T value, ByteBuf out) {
				codec.write(value, out);
				codec.write(value, out);
			}

			@Override
			public T read(BinReader in) {
				codec.read(in);
				return codec.read(in);
			}

			@Override
			public BinShape shape() {
				return codec.shape();
			}

		};
	}

	private static BinCodec<String> throwing() {
		return new BinCodec<>() {

			@Override
			public int size(String value) {
				return 3;
			}

			@Override
			public void write(String value, ByteBuf out) {
				out.writeByte(0);
				throw new IllegalStateException("expected by the test");
			}

			@Override
			public String read(BinReader in) {
				throw new IllegalStateException("expected by the test");
			}

			@Override
			public BinShape shape() {
				return BinCodecs.STRING.shape();
			}

		};
	}

}
