package io.persistentconn.rpc.golden;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Pair;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * Does what the client of a recording did, prints what it printed, and closes the
 * connection in the end. One has one connection, in the time of its owner.
 */
final class GoldenClient {

	private static final Rpc<Numbers, String> ECHO_OF_BAD_QUERY = Rpc.of("echo", 1, BinCodecs.of(Numbers.class),
			BinCodecs.STRING);

	private static final Rpc<String, Unit> ECHO_OF_BAD_RESPONSE = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.UNIT);

	private static final OneWayRpc<String> LOG_UNKNOWN = OneWayRpc.of("log-unknown", 1, BinCodecs.STRING);

	private static final PipeRpc<Long, Long, String> COUNT_NOT_THERE = PipeRpc.of("count-not-there", 1, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.STRING);

	private static final GoldenRpcs.Range FROM_1_TO_3 = new GoldenRpcs.Range(1, 3, 20_000);

	private static final GoldenRpcs.Range LONG = new GoldenRpcs.Range(1, 1_000_000, 20_000);

	private final TimeSource timeSource;

	private final List<String> says;

	private final RpcConnection connection;

	private int heartbeats;

	GoldenClient(RpcConnection connection, TimeSource timeSource, List<String> says) {
		this.connection = connection;
		this.timeSource = timeSource;
		this.says = says;
		connection.addHeartbeatListener(() -> this.heartbeats++);
	}

	static Implementations implementations() {
		return Implementations.of(GoldenRpcs.CLIENT_ECHO.implementNow((context, text) -> text));
	}

	void run(GoldenRecording recording) {
		script(recording.script()).whenComplete((done, error) -> {
			if (error != null) {
				this.says.add("script failed: " + error);
			}
			this.connection.closeAsync();
		});
	}

	private CompletableFuture<Void> script(String name) {
		return switch (name) {
			case "handshake" -> pause(Duration.ofMillis(100));
			case "heartbeats" -> countHeartbeats(Duration.ofMillis(1100));
			case "heartbeats-default" -> countHeartbeats(Duration.ofSeconds(12));
			case "heartbeat-timeout", "server-closes" -> whenClosed();
			case "menu-rpc" -> call(GoldenRpcs.MENU, Unit.UNIT, GoldenClient::menu);
			case "menu-request" -> menu().thenAccept((menu) -> this.says.add("menu " + menu));
			default -> name.matches("(pipe|state).*") ? stream(name) : calls(name);
		};
	}

	private CompletableFuture<Void> calls(String name) {
		return switch (name) {
			case "ping" -> ping();
			case "echo", "both", "client", "server", "peer-v15-server", "peer-v17-client" -> echo("hello");
			case "echo-empty" -> echo("");
			case "echo-65536" -> echo("e".repeat(65536));
			case "add" -> call(GoldenRpcs.ADD, new GoldenRpcs.Addition(1, -200), String::valueOf);
			case "auth-fail" -> call(GoldenRpcs.AUTH_FAIL, "secret", GoldenClient::quoted);
			case "greet-v1" -> call(GoldenRpcs.GREET_V1, "Bob", GoldenClient::quoted);
			case "greet-v2" -> call(GoldenRpcs.GREET_V2, new GoldenRpcs.Greet("Eve", "de"), GoldenRpcs.Greeting::text);
			case "greet-multi" -> menu().thenCompose(this::greet);
			case "metadata" -> withMetadata();
			case "oneway" -> GoldenRpcs.LOG.dispatch(this.connection, "hi").thenCompose((sent) -> ping());
			case "too-big-query", "too-big-query-server" -> echo("T".repeat(3000)).thenCompose((done) -> ping());
			case "too-big-response" -> call(GoldenRpcs.BIG, 3000L, GoldenClient::quoted).thenCompose((done) -> ping())
				.thenCompose((done) -> whenClosed(Duration.ofSeconds(1)));
			default -> failures(name);
		};
	}

	private CompletableFuture<Void> failures(String name) {
		return switch (name) {
			case "bad-query" -> call(ECHO_OF_BAD_QUERY, new Numbers(100_000, 100_000, 100_000), GoldenClient::quoted)
				.thenCompose((done) -> ping());
			case "bad-response" -> call(ECHO_OF_BAD_RESPONSE, "hello", String::valueOf).thenCompose((done) -> ping());
			case "fail" -> call(GoldenRpcs.FAIL, "because", GoldenClient::quoted);
			case "fail-close" ->
				call(GoldenRpcs.FAIL_CLOSE, "bye", GoldenClient::quoted).thenCompose((done) -> whenClosed());
			case "close-me" -> closeMe();
			case "oneway-raise" -> GoldenRpcs.LOG_RAISE.dispatch(this.connection, "boom")
				.thenCompose((sent) -> whenClosed(Duration.ofSeconds(5)));
			case "oneway-unknown", "oneway-unknown-close" ->
				LOG_UNKNOWN.dispatch(this.connection, "who").thenCompose((sent) -> whenClosed());
			case "unimplemented", "unimplemented-close" -> call(texts("not-there", 1), "x", GoldenClient::quoted);
			case "wrong-version" -> call(texts("echo", 7), "x", GoldenClient::quoted);
			default -> throw new IllegalArgumentException(name);
		};
	}

	private CompletableFuture<Void> stream(String name) {
		return switch (name) {
			case "pipe" -> read(GoldenRpcs.COUNT, FROM_1_TO_3, String::valueOf);
			case "pipe-error" -> read(GoldenRpcs.COUNT, new GoldenRpcs.Range(3, 1, 0), String::valueOf);
			case "pipe-raise" -> read(GoldenRpcs.COUNT_FAIL, 3L, String::valueOf);
			case "pipe-strings" -> read(GoldenRpcs.FIREHOSE, new GoldenRpcs.Strings(3, 5), GoldenClient::quoted);
			case "pipe-unimplemented" -> read(COUNT_NOT_THERE, 3L, String::valueOf);
			case "pipe-abort" -> abort();
			case "pipe-close-connection" -> closeWhileReading();
			case "state-close" -> state(2);
			case "state-error" -> state(-1);
			default -> throw new IllegalArgumentException(name);
		};
	}

	private static Rpc<String, String> texts(String name, long version) {
		return Rpc.of(name, version, BinCodecs.STRING, BinCodecs.STRING);
	}

	private CompletableFuture<Void> ping() {
		return call(GoldenRpcs.PING, Unit.UNIT, (unit) -> "()");
	}

	private CompletableFuture<Void> echo(String text) {
		return call(GoldenRpcs.ECHO, text,
				(answer) -> (answer.length() > 1000) ? "<" + answer.length() + " bytes>" : quoted(answer));
	}

	private CompletableFuture<Void> withMetadata() {
		this.says.add("metadata hooks set: true");
		return told(GoldenRpcs.ECHO.id(),
				GoldenRpcs.ECHO.dispatch(this.connection, "with metadata", QueryMetadata.of("trace-id=42")),
				GoldenClient::quoted);
	}

	private CompletableFuture<Void> greet(String menu) {
		if (!menu.contains("(greet 2)")) {
			return CompletableFuture.failedFuture(new IllegalStateException(menu));
		}
		return GoldenRpcs.GREET_V2.dispatch(this.connection, new GoldenRpcs.Greet("Ada", "fr"))
			.thenAccept((greeting) -> this.says.add("greet " + quoted(greeting.text())));
	}

	private CompletableFuture<Void> closeMe() {
		CompletableFuture<Unit> hanging = GoldenRpcs.HANG.dispatch(this.connection, Unit.UNIT);
		return call(GoldenRpcs.CLOSE_ME, Unit.UNIT, (unit) -> "()")
			.thenCompose((done) -> told(GoldenRpcs.HANG.id(), hanging, (unit) -> "()"))
			.thenCompose((done) -> whenClosed());
	}

	private <Q, R> CompletableFuture<Void> call(Rpc<Q, R> rpc, Q query, Function<R, String> show) {
		return told(rpc.id(), rpc.dispatch(this.connection, query), show);
	}

	private <R> CompletableFuture<Void> told(RpcId rpc, CompletableFuture<R> answer, Function<R, String> show) {
		return answer.handle((value, error) -> {
			this.says.add(rpc.name() + " v" + rpc.version() + ": "
					+ ((error == null) ? "Ok " + show.apply(value) : "Error " + sexp(error)));
			return null;
		});
	}

	private static String sexp(Throwable failure) {
		RpcError error = ((RpcException) ((failure instanceof CompletionException) ? failure.getCause() : failure))
			.error();
		return (error instanceof RpcError.ConnectionClosed) ? "(Connection_closed\"<close reason>\")"
				: error.toSexp().toString();
	}

	/** As the handshake told it, or else the RPC does. */
	private CompletableFuture<String> menu() {
		return this.connection.peerMenu()
			.map((menu) -> CompletableFuture.completedFuture(menu(menu)))
			.orElseGet(() -> GoldenRpcs.MENU.dispatch(this.connection, Unit.UNIT).thenApply(GoldenClient::menu));
	}

	private static String menu(Menu menu) {
		return menu(menu.ids().stream().map((id) -> new Pair<>(id.name(), id.version())).toList());
	}

	private static String menu(List<Pair<String, Long>> menu) {
		StringBuilder text = new StringBuilder("(");
		menu.forEach((entry) -> text.append('(').append(entry.first()).append(' ').append(entry.second()).append(')'));
		return text.append(')').toString();
	}

	private CompletableFuture<Void> countHeartbeats(Duration duration) {
		return pause(duration).thenRun(() -> this.says.add(this.heartbeats + " heartbeats received"));
	}

	private <Q, U> CompletableFuture<Void> read(PipeRpc<Q, U, String> rpc, Q query, Function<U, String> show) {
		return rpc.dispatch(this.connection, query).handle((outcome, error) -> {
			if (error != null) {
				this.says.add("rpc error: " + sexp(error));
				return done();
			}
			return accepted(outcome).map((pipe) -> readAll(pipe, show)).orElseGet(GoldenClient::done);
		}).thenCompose((read) -> read);
	}

	private <T> Optional<T> accepted(Outcome<T, String> outcome) {
		if (outcome instanceof Outcome.Rejected<T, String> rejected) {
			this.says.add("Error " + quoted(rejected.error()));
			return Optional.empty();
		}
		return Optional.of(outcome.orElseThrow());
	}

	private CompletableFuture<Void> state(long updates) {
		return GoldenRpcs.CLOCK_N.dispatch(this.connection, updates)
			.thenCompose((outcome) -> accepted(outcome).map((stream) -> {
				this.says.add("state " + stream.state());
				return readAll(stream.updates(), String::valueOf);
			}).orElseGet(GoldenClient::done));
	}

	private <U> CompletableFuture<Void> readAll(Pipe<U> pipe, Function<U, String> show) {
		return pipe.forEach((update) -> {
			this.says.add("update " + show.apply(update));
			return done();
		}).handle((read, error) -> {
			this.says.add("pipe: " + ((error == null) ? "Closed_remotely" : "Error " + sexp(error)));
			return null;
		});
	}

	private CompletableFuture<Void> abort() {
		return GoldenRpcs.COUNT.dispatch(this.connection, LONG).thenCompose((outcome) -> {
			Pipe<Long> pipe = outcome.orElseThrow();
			return readOne(pipe).thenCompose((first) -> readOne(pipe)).thenCompose((second) -> {
				this.says.add("closing the pipe");
				pipe.close();
				return pipe.read();
			});
		}).thenCompose((read) -> {
			this.says.add(read.isEmpty() ? "pipe: Closed_locally" : "pipe: " + read);
			return pause(Duration.ofMillis(200));
		}).thenCompose((done) -> ping());
	}

	private CompletableFuture<Void> readOne(Pipe<Long> pipe) {
		return pipe.read().thenAccept((update) -> this.says.add("update " + update.orElseThrow()));
	}

	private CompletableFuture<Void> closeWhileReading() {
		return GoldenRpcs.COUNT.dispatch(this.connection, LONG).thenCompose((outcome) -> {
			Pipe<Long> pipe = outcome.orElseThrow();
			return pipe.read().thenCompose((first) -> pipe.read()).thenCompose((second) -> {
				this.says.add("closing the connection");
				this.connection.closeAsync();
				return readAll(pipe, String::valueOf);
			});
		});
	}

	private CompletableFuture<Void> whenClosed() {
		return this.connection.closeFinished().thenRun(this::sayWhyClosed);
	}

	private CompletableFuture<Void> whenClosed(Duration limit) {
		return CompletableFuture.anyOf(this.connection.closeFinished(), pause(limit)).thenRun(() -> {
			if (this.connection.isClosed()) {
				sayWhyClosed();
			}
			else {
				this.says.add("the connection is still open after " + limit.toSeconds() + "s");
			}
		});
	}

	private void sayWhyClosed() {
		this.says.add("connection closed: " + this.connection.closeReason().map(Throwable::getMessage).orElse(""));
	}

	private CompletableFuture<Void> pause(Duration duration) {
		CompletableFuture<Void> over = new CompletableFuture<>();
		this.timeSource.schedule(duration, () -> over.complete(null));
		return over;
	}

	private static CompletableFuture<Void> done() {
		return CompletableFuture.completedFuture(null);
	}

	private static String quoted(String text) {
		return '"' + text + '"';
	}

	/**
	 * What is no text.
	 *
	 * @param a a number
	 * @param b another
	 * @param c one more
	 */
	record Numbers(long a, long b, long c) {
	}

}
