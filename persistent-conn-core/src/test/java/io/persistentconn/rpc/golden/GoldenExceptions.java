package io.persistentconn.rpc.golden;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the recordings hold what is no message, or what is written otherwise here:
 * {@code exceptions.txt} gives for each recording, side and frame the outcome and the
 * reason; an asterisk stands for any.
 */
final class GoldenExceptions {

	private record Line(String recording, String side, String frame, String outcome, String reason) {

		static Line of(String line) {
			String[] parts = line.strip().split("\\s+", 5);
			return new Line(parts[0], parts[1], parts[2], parts[3], parts[4]);
		}

		boolean matches(String recording, String side, String frame, String outcome) {
			return matches(this.recording, recording) && matches(this.side, side) && matches(this.frame, frame)
					&& this.outcome.equals(outcome);
		}

		private static boolean matches(String pattern, String value) {
			return value.matches(pattern.replace(".", "\\.").replace("*", ".*"));
		}

	}

	private final List<Line> lines;

	private final Set<Line> met = new HashSet<>();

	private GoldenExceptions(List<Line> lines) {
		this.lines = lines;
	}

	static GoldenExceptions read() throws IOException {
		try (InputStream stream = GoldenExceptions.class.getResourceAsStream("exceptions.txt")) {
			return new GoldenExceptions(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map(Line::of)
				.toList());
		}
	}

	/** Whether an outcome was to be expected. */
	boolean meet(String recording, String side, String frame, String outcome) {
		List<Line> matching = this.lines.stream()
			.filter((line) -> line.matches(recording, side, frame, outcome))
			.toList();
		this.met.addAll(matching);
		return !matching.isEmpty();
	}

	/** The exceptions that no recording has. */
	List<String> unmet() {
		return this.lines.stream().filter((line) -> !this.met.contains(line)).map(Line::toString).toList();
	}

}
