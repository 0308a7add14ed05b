package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that are given up before the owner of the connection has sent them.
 */
@Tag("R12")
class UnsentCallTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final OneWayRpc<String> LOG = OneWayRpc.of("log", 1, BinCodecs.STRING);

	private static final PipeRpc<String, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.STRING,
			BinCodecs.STRING, BinCodecs.STRING);

	private final List<String> served = new ArrayList<>();

	private final TwoEnds ends = TwoEnds.serving(ECHO.implementNow((context, text) -> serve(text)),
			LOG.implement((context, text) -> serve(text)), LINES.implement((context, text) -> {
				serve(text);
				Pipe<String> nothing = PipeWriter.<String>create().pipe();
				return CompletableFuture.completedFuture(Outcome.accepted(nothing));
			}));

	@Test
	void whatIsCancelledBeforeItIsSentDoesNotReachThePeer() {
		RpcConnection client = this.ends.client();
		long before = client.bytesWritten();
		List<CompletableFuture<?>> calls = List.of(ECHO.dispatch(client, "echo"), LOG.dispatch(client, "log"),
				LINES.dispatch(client, "lines"));
		calls.forEach((call) -> call.cancel(false));
		this.ends.time.run();
		assertThat(this.served).isEmpty();
		assertThat(client.bytesWritten()).isEqualTo(before);
		assertThat(client.session().openCalls().size()).isZero();
		assertThat(calls).allMatch(CompletableFuture::isCancelled);
	}

	@Test
	void whatIsCancelledAfterItWasSentDoes() {
		RpcConnection client = this.ends.client();
		List<CompletableFuture<?>> calls = List.of(ECHO.dispatch(client, "echo"), LINES.dispatch(client, "lines"));
		this.ends.time.execute(() -> calls.forEach((call) -> call.cancel(false)));
		this.ends.time.run();
		assertThat(this.served).containsExactly("echo", "lines");
		assertThat(client.session().openCalls().size()).isZero();
	}

	private String serve(String text) {
		this.served.add(text);
		return text;
	}

}
