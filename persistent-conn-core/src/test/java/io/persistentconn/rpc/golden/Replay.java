package io.persistentconn.rpc.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import io.persistentconn.rpc.golden.Transcript.Difference;

/**
 * What became of a recording when this implementation took one of its sides.
 *
 * @param recording the recording
 * @param side which one it took, as the direction in which it sends
 * @param expected what was sent then
 * @param actual what was sent now
 * @param expectedSays what the program printed then
 * @param actualSays what it printed now
 */
record Replay(GoldenRecording recording, String side, Transcript expected, Transcript actual, List<String> expectedSays,
		List<String> actualSays) {

	/** The sides that this implementation can take. */
	static Stream<Replay> of(GoldenRecording recording) {
		return recording.isHandMade() ? Stream.of(ofServer(recording))
				: Stream.of(ofServer(recording), ofClient(recording));
	}

	private static Replay ofClient(GoldenRecording recording) {
		GoldenFlags flags = GoldenFlags.of(recording.clientFlags());
		RpcOptions options = flags.options(recording, Direction.CLIENT_TO_SERVER);
		List<String> says = new ArrayList<>();
		try (ReplayedSide side = ReplayedSide.client(flags)) {
			side.establish(options.withImplementations(GoldenClient.implementations()))
				.thenAccept((connection) -> new GoldenClient(connection, side.timeSource(), says).run(recording));
			Transcript actual = side.replay(recording);
			return new Replay(recording, "c2s", Transcript.of(recording, Direction.CLIENT_TO_SERVER), actual,
					ClientSays.of(recording.clientSays()), ClientSays.of(says));
		}
	}

	private static Replay ofServer(GoldenRecording recording) {
		GoldenFlags flags = GoldenFlags.of(recording.serverFlags());
		RpcOptions options = flags.options(recording, Direction.SERVER_TO_CLIENT);
		List<String> says = new ArrayList<>();
		try (ReplayedSide side = ReplayedSide.server(flags)) {
			GoldenServer server = new GoldenServer(recording, side.timeSource(), says);
			side.establish(options.withImplementations(server.implementations())).thenAccept((connection) -> {
				connection.peerIdentification()
					.ifPresent((peer) -> says.add("server: peer identification: \"" + peer.text() + "\""));
				closeLater(connection, recording, side);
			});
			Transcript actual = side.replay(recording);
			List<String> expectedSays = recording.serverSays()
				.stream()
				.filter((line) -> line.matches("server: (log|peer identification).*"))
				.toList();
			return new Replay(recording, "s2c", Transcript.of(recording, Direction.SERVER_TO_CLIENT), actual,
					expectedSays, says);
		}
	}

	private static void closeLater(RpcConnection connection, GoldenRecording recording, ReplayedSide side) {
		String after = GoldenFlags.of(recording.serverFlags()).text("close-after-ms");
		if (!after.isEmpty()) {
			side.timeSource()
				.schedule(Duration.ofMillis(Long.parseLong(after)), () -> connection.closeAsync("close-after-ms"));
		}
	}

	String name() {
		return this.recording + " " + this.side;
	}

	List<Difference> differences() {
		List<Difference> differences = new ArrayList<>(this.expected.differences(this.actual));
		if (!this.expectedSays.equals(this.actualSays)) {
			differences.add(new Difference("says", "differently"));
		}
		return differences;
	}

	@Override
	public String toString() {
		return name() + "\n  recorded" + this.expected + says(this.expectedSays) + "\n  replayed" + this.actual
				+ says(this.actualSays);
	}

	private static String says(List<String> lines) {
		return lines.isEmpty() ? "" : "\n    says " + String.join("\n    says ", lines);
	}

}
