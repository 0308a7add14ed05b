package io.persistentconn.rpc.golden;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.rpc.ExceptionPolicy;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.NotAuthorizedException;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.rpc.UnknownRpcPolicy;

/**
 * Implements what the server of the recordings implemented, in the same way. One serves
 * one connection, in the time of its owner.
 */
final class GoldenServer {

	private static final Map<String, String> HELLO = Map.of("en", "Hello", "de", "Hallo", "fr", "Bonjour");

	private static final long STATE = 1000;

	private static final Duration TICK = Duration.ofMillis(100);

	private final TimeSource timeSource;

	private final GoldenRecording recording;

	/** What it prints. */
	private final List<String> says;

	private long logged;

	private long aborts;

	GoldenServer(GoldenRecording recording, TimeSource timeSource, List<String> says) {
		this.recording = recording;
		this.timeSource = timeSource;
		this.says = says;
	}

	Implementations implementations() {
		Implementations.Builder builder = Implementations.builder();
		List.of(GoldenRpcs.PING.implementNow((context, unit) -> unit),
				GoldenRpcs.ECHO.implementNow((context, text) -> text),
				GoldenRpcs.ADD.implementNow((context, query) -> query.a() + query.b()),
				GoldenRpcs.FAIL.implementNow((context, text) -> {
					throw new IllegalStateException("deliberate failure: " + text);
				}), GoldenRpcs.FAIL_ASYNC.implement((context, text) -> failLater(text)),
				GoldenRpcs.FAIL_CLOSE.implementNow((context, text) -> {
					throw new IllegalStateException("deliberate failure with close: " + text);
				}).onException(ExceptionPolicy.closeConnection()),
				GoldenRpcs.SLEEP_MS.implement((context, millis) -> after(Duration.ofMillis(millis), millis)),
				GoldenRpcs.HANG.implement((context, unit) -> new CompletableFuture<>()),
				GoldenRpcs.CLOSE_ME.implementNow(this::closeSoon),
				GoldenRpcs.BIG.implementNow((context, length) -> "b".repeat(length.intValue())),
				GoldenRpcs.REVERSE_ECHO
					.implement((context, text) -> GoldenRpcs.CLIENT_ECHO.dispatch(context.connection(), text)),
				GoldenRpcs.AUTH_FAIL.implementNow(this::refuse),
				GoldenRpcs.ECHO_TYPES.implementNow((context, bytes) -> bytes),
				GoldenRpcs.GREET_V1.implementNow((context, name) -> greeting(name, "en")),
				GoldenRpcs.GREET_V2
					.implementNow((context, query) -> new GoldenRpcs.Greeting(greeting(query.name(), query.lang()))),
				GoldenRpcs.LOG.implement((context, text) -> log(text)),
				GoldenRpcs.LOG_RAISE.implement((context, text) -> {
					throw new IllegalStateException("log-raise: " + text);
				}).onException(failedMessages()), GoldenRpcs.LOG_COUNT.implementNow((context, unit) -> this.logged),
				GoldenRpcs.ABORTS_SEEN.implementNow((context, unit) -> this.aborts),
				GoldenRpcs.COUNT.implement((context, range) -> done(count(range))),
				GoldenRpcs.COUNT_FAIL.implement((context, number) -> {
					throw new IllegalStateException("count-fail " + number);
				}), GoldenRpcs.FIREHOSE.implement((context, query) -> done(Outcome.accepted(strings(query)))),
				GoldenRpcs.FIREHOSE_DIRECT.implementDirect((context, query, writer) -> writeAll(query, writer)),
				GoldenRpcs.CLOCK.implement(
						(context, unit) -> done(Outcome.accepted(new StateStream<>(STATE, ticks(Long.MAX_VALUE))))),
				GoldenRpcs.CLOCK_N.implement((context, updates) -> done(clock(updates))))
			.forEach((Implementation implementation) -> builder.add(implementation));
		return builder.onUnknownRpc(onUnknownRpc()).build();
	}

	private UnknownRpcPolicy onUnknownRpc() {
		boolean closes = GoldenFlags.of(this.recording.serverFlags()).text("on-unknown").equals("close");
		return closes ? UnknownRpcPolicy.closeConnection() : UnknownRpcPolicy.proceed();
	}

	/** Before the preview, a one-way handler that failed closed the connection. */
	private ExceptionPolicy failedMessages() {
		return this.recording.server().contains("v0.18") ? ExceptionPolicy.log() : ExceptionPolicy.closeConnection();
	}

	private static String greeting(String name, String language) {
		return HELLO.get(language) + ", " + name + "!";
	}

	private String refuse(RpcContext context, String text) {
		if (this.recording.server().contains("v0.15")) {
			throw new IllegalStateException("no authorization API in v0.15");
		}
		throw new NotAuthorizedException("not allowed: " + text);
	}

	private void log(String text) {
		this.logged++;
		this.says.add("server: log \"" + text + "\"");
	}

	private Unit closeSoon(RpcContext context, Unit unit) {
		this.timeSource.schedule(Duration.ofMillis(20), () -> context.connection().closeAsync("close-me was called"));
		return unit;
	}

	private CompletableFuture<String> failLater(String text) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.timeSource.schedule(Duration.ofMillis(10),
				() -> answer.completeExceptionally(new IllegalStateException("deliberate failure: " + text)));
		return answer;
	}

	private <T> CompletableFuture<T> after(Duration delay, T value) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		this.timeSource.schedule(delay, () -> answer.complete(value));
		return answer;
	}

	private Outcome<Pipe<Long>, String> count(GoldenRpcs.Range range) {
		if (range.from() > range.upto()) {
			return Outcome.rejected("from " + range.from() + " > upto " + range.upto());
		}
		PipeWriter<Long> writer = PipeWriter.create();
		count(range.from(), range, writer);
		return Outcome.accepted(writer.pipe());
	}

	private void count(long next, GoldenRpcs.Range range, PipeWriter<Long> writer) {
		if (next > range.upto()) {
			writer.close();
		}
		else if (writer.writeWithoutPushback(next)) {
			this.timeSource.schedule(Duration.ofNanos(range.intervalUs() * 1000), () -> count(next + 1, range, writer));
		}
		else {
			this.aborts++;
		}
	}

	private static Pipe<String> strings(GoldenRpcs.Strings query) {
		PipeWriter<String> writer = PipeWriter.create();
		for (long i = 0; i < query.n(); i++) {
			writer.writeWithoutPushback("f".repeat((int) query.size()));
		}
		writer.close();
		return writer.pipe();
	}

	private static CompletableFuture<Outcome<Unit, String>> writeAll(GoldenRpcs.Strings query,
			StreamWriter<String> writer) {
		IntStream.range(0, (int) query.n()).forEach((i) -> writer.write("f".repeat((int) query.size())));
		writer.close();
		return done(Outcome.accepted(Unit.UNIT));
	}

	private Outcome<StateStream<Long, Long>, String> clock(long updates) {
		return (updates < 0) ? Outcome.rejected("negative count " + updates)
				: Outcome.accepted(new StateStream<>(STATE, ticks(STATE + updates)));
	}

	private Pipe<Long> ticks(long last) {
		PipeWriter<Long> writer = PipeWriter.create();
		tick(STATE + 1, last, writer);
		return writer.pipe();
	}

	private void tick(long next, long last, PipeWriter<Long> writer) {
		if (next > last) {
			writer.close();
			return;
		}
		this.timeSource.schedule(TICK, () -> {
			if (writer.writeWithoutPushback(next)) {
				tick(next + 1, last, writer);
			}
		});
	}

	private static <T> CompletableFuture<T> done(T value) {
		return CompletableFuture.completedFuture(value);
	}

}
