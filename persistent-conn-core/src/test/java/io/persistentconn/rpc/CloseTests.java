package io.persistentconn.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcError.Closer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R7")
class CloseTests {

	private static final Rpc<String, String> SLOW = Rpc.of("slow", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final PipeRpc<Unit, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.STRING,
			BinCodecs.STRING);

	private final List<CompletableFuture<String>> answers = new ArrayList<>();

	private final PipeWriter<String> lines = PipeWriter.create();

	private final Implementation slow = SLOW.implement((context, text) -> {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.answers.add(answer);
		return answer;
	});

	private final Implementation streaming = LINES
		.implement((context, unit) -> CompletableFuture.completedFuture(Outcome.accepted(this.lines.pipe())));

	private final TwoEnds ends = TwoEnds.serving(this.slow, this.streaming);

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 4, 9, 10, 11 })
	void openCallsFailWithWhoClosedAndWhy(int version) {
		TwoEnds bounded = TwoEnds.serving(version, this.slow);
		RpcConnection client = bounded.client();
		CompletableFuture<String> call = SLOW.dispatch(client, "x");
		bounded.time.run();
		bounded.done(bounded.server().closeAsync("going home"));
		assertThat(bounded.server().closeReason()).isEmpty();
		assertThat(bounded.errorOf(call)).isInstanceOfSatisfying(RpcError.ConnectionClosed.class, (closed) -> {
			assertThat(closed.by()).isEqualTo(Closer.PEER);
			assertThat(closed.outcomeUnknown()).isTrue();
			if (version >= 4) {
				assertThat(closed.reason()).isEqualTo("going home");
			}
		});
		assertThat(client.closeFinished()).isCompleted();
		assertThat(client.closeReason()).get()
			.asString()
			.contains((version >= 4) ? "going home" : "closed by the peer");
	}

	@Test
	void theOwnCallsFailToo() {
		CompletableFuture<String> call = SLOW.dispatch(this.ends.client(), "x");
		this.ends.time.run();
		CompletableFuture<Void> closed = this.ends.client().closeAsync("enough");
		assertThat(this.ends.client().isClosed()).isTrue();
		assertThat(this.ends.errorOf(SLOW.dispatch(this.ends.client(), "late"))).isInstanceOfSatisfying(
				RpcError.ConnectionClosed.class, (error) -> assertThat(error.outcomeUnknown()).isFalse());
		this.ends.done(closed);
		assertThat(this.ends.errorOf(call)).isEqualTo(new RpcError.ConnectionClosed(Closer.THIS_SIDE, "enough", true));
		assertThat(this.ends.client().closeReason()).isEmpty();
		assertThat(this.ends.client().closeAsync()).isCompleted();
	}

	@Test
	void withoutAReasonNoneIsSent() {
		long before = this.ends.client().bytesWritten();
		this.ends.done(this.ends.client().closeAsync());
		assertThat(this.ends.client().bytesWritten()).isEqualTo(before);
		assertThat(this.ends.server().closeReason()).get().asString().endsWith("closed by the peer");
	}

	@Test
	void aPeerThatSaidWhyIsNotToldAReason() {
		RpcConnection server = this.ends.server();
		long before = server.bytesWritten();
		this.ends.client().closeAsync("first");
		this.ends.time.run();
		server.closeAsync("second");
		this.ends.time.run();
		assertThat(server.bytesWritten()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 9 })
	void aGracefulCloseWaitsForOpenCallsOfBothEnds(int version) {
		TwoEnds graceful = TwoEnds.serving(version, this.slow);
		RpcConnection client = graceful.client();
		CompletableFuture<String> open = SLOW.dispatch(client, "open");
		graceful.time.run();
		CompletableFuture<Void> closed = graceful.server().closeAsync("draining", Duration.ofSeconds(20));
		graceful.advance(Duration.ofSeconds(10));
		assertThat(closed).isNotDone();
		assertThat(client.isClosed()).isEqualTo(version >= 9);
		// Who was not told may still ask, but is not answered.
		CompletableFuture<String> late = SLOW.dispatch(client, "late");
		graceful.time.run();
		assertThat(this.answers).hasSize(1);
		this.answers.get(0).complete("answer");
		assertThat(graceful.done(open)).isEqualTo("answer");
		assertThat(closed).isCompleted();
		assertThat(graceful.errorOf(late)).isInstanceOfSatisfying(RpcError.ConnectionClosed.class,
				(error) -> assertThat(error.outcomeUnknown()).isEqualTo(version < 9));
	}

	@Test
	void aGracefulCloseWaitsNoLongerThanItWasTold() {
		CompletableFuture<String> open = SLOW.dispatch(this.ends.client(), "open");
		this.ends.time.run();
		CompletableFuture<Void> closed = this.ends.server().closeAsync("draining", Duration.ofSeconds(20));
		this.ends.advance(Duration.ofSeconds(20).minusNanos(1));
		assertThat(closed).isNotDone();
		assertThat(open).isNotDone();
		this.ends.advance(Duration.ofNanos(1));
		assertThat(closed).isCompleted();
		assertThat(this.ends.errorOf(open)).isInstanceOf(RpcError.ConnectionClosed.class);
	}

	@Test
	void aSecondCloseEndsTheWait() {
		SLOW.dispatch(this.ends.client(), "open");
		this.ends.time.run();
		this.ends.server().closeAsync("draining", Duration.ofSeconds(20));
		this.ends.time.run();
		this.ends.done(this.ends.server().closeAsync());
		this.ends.advance(Duration.ofHours(1));
		assertThat(this.ends.time.pendingAlarms()).isZero();
	}

	@Test
	void whatStreamsHoldIsStillSent() {
		Pipe<String> pipe = this.ends.done(LINES.dispatch(this.ends.client(), Unit.UNIT)).orElseThrow();
		for (int i = 0; i < 1000; i++) {
			this.lines.writeWithoutPushback("line " + i);
		}
		this.ends.server().closeAsync("bye");
		for (int i = 0; i < 1000; i++) {
			assertThat(this.ends.done(pipe.read())).contains("line " + i);
		}
		assertThat(this.ends.errorOf(pipe.read())).isInstanceOf(RpcError.ConnectionClosed.class);
		assertThat(this.lines.isClosed()).isTrue();
	}

	@Test
	void aPeerThatDoesNotReadDelaysClosingByFiveSeconds() {
		RpcConnection server = this.ends.server();
		this.ends.transports.first().holdBack(true);
		this.ends.time.run();
		CompletableFuture<Void> closed = server.closeAsync("nobody reads this");
		this.ends.advance(Duration.ofSeconds(5).minusNanos(1));
		assertThat(closed).isNotDone();
		this.ends.advance(Duration.ofNanos(1));
		assertThat(closed).isCompleted();
	}

	@Test
	void aMessageThatIsNoneClosesWithAReason() {
		RpcConnection client = this.ends.client();
		RpcConnection server = this.ends.server();
		this.ends.time.execute(() -> this.ends.transports.first().send((out) -> out.writeByte(99)));
		this.ends.time.run();
		assertThat(server.closeReason()).get().asString().contains("message of kind 99 (expected: 0 to 12)");
		assertThat(client.closeReason()).get().asString().contains("message of kind 99 (expected: 0 to 12)");
	}

	@Test
	void aResponseToAnUnknownQueryClosesWithAReason() {
		RpcConnection client = this.ends.client();
		RpcConnection server = this.ends.server();
		this.ends.time.execute(() -> this.ends.transports.second().send((out) -> {
			server.session().writer().okResponse(out, 77, -1);
			out.writeZero(1);
		}));
		this.ends.time.run();
		assertThat(client.closeReason()).get().asString().contains("response to the unknown query 77");
	}

	@Test
	void nothingIsLeftBehind() {
		Pipe<String> pipe = this.ends.done(LINES.dispatch(this.ends.client(), Unit.UNIT)).orElseThrow();
		SLOW.dispatch(this.ends.client(), "x");
		this.ends.done(this.ends.client().closeAsync());
		this.ends.time.run();
		assertThat(pipe.isClosed()).isTrue();
		assertThat(this.ends.server().session().servedCalls().streams()).isZero();
		assertThat(this.ends.client().session().openCalls().size()).isZero();
		assertThat(this.ends.time.pendingAlarms()).isZero();
	}

}
