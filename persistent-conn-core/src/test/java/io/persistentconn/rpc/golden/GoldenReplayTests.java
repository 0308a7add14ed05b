package io.persistentconn.rpc.golden;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.persistentconn.rpc.golden.Transcript.Difference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * This implementation takes one side in each recording: given what the recorded peer sent
 * it sends what was recorded, but for {@code replay-exceptions.txt}.
 */
class GoldenReplayTests {

	private static final String HANDSHAKE = "handshake|both|client|server|peer-.*|raw-(byte-by-byte|eof-before-header"
			+ "|future-versions|garbage-http|header-.*|krb-magic|legacy-header|no-shared-version|silent|v[123]-.*)";

	private static final String HEARTBEATS = "heartbeat.*";

	private static final String KINDS = "ping|echo.*|add|greet.*|menu.*|oneway|pipe|pipe-(abort|error|strings)|state-.*"
			+ "|raw-(abort-unknown-id|duplicate-query-id|one-way-to-rpc-id)";

	private static final String ERRORS = "fail|bad-.*|oneway-(raise|unknown.*)|pipe-(raise|unimplemented)"
			+ "|unimplemented.*|wrong-version|raw-(query-.*|response-unknown-id|unknown-message-tag)";

	private static final String CLOSES = "close-me|fail-close|server-closes|pipe-close-connection";

	private static final String LIMITS = "too-big-.*|raw-length-.*";

	private static final String METADATA = "metadata";

	private static final String AUTHORIZATION = "auth-fail";

	@TestFactory
	@Tag("R1")
	Stream<DynamicTest> handshakes() throws IOException {
		return replays(HANDSHAKE);
	}

	@TestFactory
	@Tag("R2")
	Stream<DynamicTest> heartbeats() throws IOException {
		return replays(HEARTBEATS);
	}

	@TestFactory
	@Tag("R3")
	Stream<DynamicTest> kinds() throws IOException {
		return replays(KINDS);
	}

	@TestFactory
	@Tag("R4")
	Stream<DynamicTest> errors() throws IOException {
		return replays(ERRORS);
	}

	@TestFactory
	@Tag("R7")
	Stream<DynamicTest> closes() throws IOException {
		return replays(CLOSES);
	}

	@TestFactory
	@Tag("R8")
	Stream<DynamicTest> limits() throws IOException {
		return replays(LIMITS);
	}

	@TestFactory
	@Tag("R9")
	Stream<DynamicTest> metadata() throws IOException {
		return replays(METADATA);
	}

	@TestFactory
	@Tag("R10")
	Stream<DynamicTest> authorization() throws IOException {
		return replays(AUTHORIZATION);
	}

	@Test
	void everyRecordingIsReplayedOnce() {
		List<GoldenRecording> replayed = new ArrayList<>();
		for (String scenarios : List.of(HANDSHAKE, HEARTBEATS, KINDS, ERRORS, CLOSES, LIMITS, METADATA,
				AUTHORIZATION)) {
			replayed.addAll(recordings(scenarios));
		}
		assertThat(replayed).containsExactlyInAnyOrderElementsOf(GoldenRecording.all());
	}

	@Test
	void everyExceptionIsNeeded() throws IOException {
		GoldenExceptions exceptions = GoldenExceptions.read("replay-exceptions.txt");
		GoldenRecording.all().stream().flatMap(Replay::of).forEach((replay) -> unexpected(replay, exceptions));
		assertThat(exceptions.unmet()).isEmpty();
	}

	private static Stream<DynamicTest> replays(String scenarios) throws IOException {
		GoldenExceptions exceptions = GoldenExceptions.read("replay-exceptions.txt");
		return recordings(scenarios).stream()
			.flatMap(Replay::of)
			.map((replay) -> DynamicTest.dynamicTest(replay.name(),
					() -> assertThat(unexpected(replay, exceptions)).as(replay::toString).isEmpty()));
	}

	private static List<GoldenRecording> recordings(String scenarios) {
		Predicate<String> matches = (scenario) -> scenario.matches(scenarios);
		return GoldenRecording.all().stream().filter((recording) -> matches.test(recording.script())).toList();
	}

	private static List<Difference> unexpected(Replay replay, GoldenExceptions exceptions) {
		return replay.differences()
			.stream()
			.filter((difference) -> !exceptions.meet(replay.recording().name(), replay.side(), difference.message(),
					difference.outcome()))
			.toList();
	}

}
