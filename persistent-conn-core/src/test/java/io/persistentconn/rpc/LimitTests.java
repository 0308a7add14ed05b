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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with as many open calls as it may have.
 */
@Tag("R8")
class LimitTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final Rpc<String, String> SLOW = Rpc.of("slow", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final PipeRpc<Unit, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.STRING,
			BinCodecs.STRING);

	private final List<PipeWriter<String>> sources = new ArrayList<>();

	private final List<String> asked = new ArrayList<>();

	private final CompletableFuture<String> answer = new CompletableFuture<>();

	private final TwoEnds ends = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults()
		.withMaxOpenCalls(2)
		.withImplementations(
				Implementations.of(ECHO.implementNow((context, text) -> text), SLOW.implement((context, text) -> {
					this.asked.add(text);
					return this.answer;
				}), LINES.implement((context, unit) -> {
					PipeWriter<String> source = PipeWriter.create();
					this.sources.add(source);
					return CompletableFuture.completedFuture(Outcome.accepted(source.pipe()));
				}))));

	private final Pipe<String> first = open();

	private final Pipe<String> second = open();

	@Test
	void itGoesOnWithThem() {
		this.ends.advance(Duration.ofMinutes(10));
		assertThat(this.ends.client().isClosed()).isFalse();
		this.sources.get(1).write("line");
		assertThat(this.ends.done(this.second.read())).contains("line");
		// It takes no room, for its answer is there at once.
		assertThat(this.ends.done(ECHO.dispatch(this.ends.client(), "alive"))).isEqualTo("alive");
		this.first.close();
		this.ends.time.run();
		assertThat(this.sources.get(0).isClosed()).isTrue();
		open();
	}

	@Test
	void itServesOneMoreWhenThereIsRoomAndWhatCameBehindItAfterwards() {
		CompletableFuture<String> third = SLOW.dispatch(this.ends.client(), "third");
		CompletableFuture<String> behind = ECHO.dispatch(this.ends.client(), "behind");
		this.ends.time.run();
		assertThat(this.asked).isEmpty();
		assertThat(behind).isNotDone();
		this.sources.get(0).close();
		assertThat(this.ends.done(behind)).isEqualTo("behind");
		assertThat(this.asked).containsExactly("third");
		this.answer.complete("answer");
		assertThat(this.ends.done(third)).isEqualTo("answer");
	}

	@Test
	void whatWaitsWhenTheConnectionClosesIsNotServed() {
		CompletableFuture<String> third = SLOW.dispatch(this.ends.client(), "third");
		this.ends.time.run();
		this.ends.done(this.ends.server().closeAsync("enough"));
		assertThat(this.ends.errorOf(third)).isInstanceOf(RpcError.ConnectionClosed.class);
		assertThat(this.asked).isEmpty();
		assertThat(this.ends.server().session().servedCalls().open()).isZero();
	}

	private Pipe<String> open() {
		return this.ends.done(LINES.dispatch(this.ends.client(), Unit.UNIT)).orElseThrow();
	}

}
