package io.persistentconn.autoconfigure.annotated;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Peer;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.RejectedException;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.golden.GoldenRecording;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service answers what a client of the original was recorded to send, byte by byte as
 * the original did.
 */
@Tag("R3")
class RecordedClientTests {

	private static final int RESPONSE = 2;

	@ParameterizedTest
	@ValueSource(strings = { "v0.15.0/ping", "v0.15.0/echo", "v0.15.0/echo-65536", "v0.15.0/add", "v0.15.0/greet-v1",
			"v0.15.0/greet-v2", "v0.15.0/oneway", "v0.15.0/pipe", "v0.15.0/pipe-error", "v0.15.0/state-close",
			"v0.15.0/state-error", "v0.17.0/ping", "v0.17.0/echo", "v0.17.0/echo-65536", "v0.17.0/add",
			"v0.17.0/greet-v1", "v0.17.0/greet-v2", "v0.17.0/oneway", "v0.17.0/pipe", "v0.17.0/pipe-error",
			"v0.17.0/state-close", "v0.17.0/state-error" })
	void theRecordedAnswersAreGiven(String name) {
		GoldenRecording recording = GoldenRecording.of(name);
		List<String> expected = recording.frames(Direction.SERVER_TO_CLIENT)
			.stream()
			.skip(1)
			.filter((frame) -> frame[0] == RESPONSE)
			.map((frame) -> HexFormat.of().formatHex(frame))
			.toList();
		assertThat(expected).isNotEmpty();
		Applications.server(GoldenService.class).run((context) -> {
			try (Peer client = Peer.of(context.getBean(TcpServers.class).get("quotes"))) {
				client.send(recording.bytes(Direction.CLIENT_TO_SERVER));
				assertThat(responses(client, expected.size())).isEqualTo(expected);
			}
			assertThat(context.getBean(GoldenService.class).logged)
				.isEqualTo(name.endsWith("/oneway") ? List.of("hi") : List.of());
		});
	}

	/** As many as there should be, without the header and what else the server says. */
	private static List<String> responses(Peer client, int count) throws IOException {
		DataInputStream in = new DataInputStream(Channels.newInputStream(client.channel()));
		List<String> responses = new ArrayList<>();
		frame(in);
		while (responses.size() < count) {
			byte[] frame = frame(in);
			if (frame[0] == RESPONSE) {
				responses.add(HexFormat.of().formatHex(frame));
			}
		}
		return responses;
	}

	private static byte[] frame(DataInputStream in) throws IOException {
		byte[] frame = new byte[(int) Long.reverseBytes(in.readLong())];
		in.readFully(frame);
		return frame;
	}

	@RpcService
	static class GoldenService {

		private final List<String> logged = new ArrayList<>();

		@RpcMapping
		Mono<Void> ping() {
			return Mono.empty();
		}

		@RpcMapping
		String echo(String text) {
			return text;
		}

		@RpcMapping
		long add(long a, long b) {
			return a + b;
		}

		@RpcMapping(name = "greet")
		String greet(String name) {
			return "Hello, " + name + "!";
		}

		@RpcMapping(name = "greet", version = 2)
		Mono<Greeting> greet(String name, String lang) {
			return Mono.just(new Greeting((lang.equals("de") ? "Hallo, " : "Hello, ") + name + "!"));
		}

		@RpcMapping
		@OneWay
		Mono<Void> log(String line) {
			return Mono.fromRunnable(() -> this.logged.add(line));
		}

		@RpcMapping
		Flux<Long> count(long from, long upto, long intervalUs) {
			if (from > upto) {
				throw new RejectedException("from " + from + " > upto " + upto);
			}
			return Flux.fromStream(LongStream.rangeClosed(from, upto).boxed());
		}

		@RpcMapping
		StateStream<Long, Long> clockN(long updates) {
			if (updates < 0) {
				throw new RejectedException("negative count " + updates);
			}
			PipeWriter<Long> writer = PipeWriter.create();
			Stream.iterate(1001L, (next) -> next + 1).limit(updates).forEach(writer::writeWithoutPushback);
			writer.close();
			return new StateStream<>(1000L, writer.pipe());
		}

	}

	record Greeting(String text) {
	}

}
