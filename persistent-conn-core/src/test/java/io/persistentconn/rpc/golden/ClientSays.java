package io.persistentconn.rpc.golden;

import java.util.Arrays;
import java.util.List;

/**
 * What a client printed, in a form in which what must be equal is equal: without the
 * wording of this implementation or the original.
 */
final class ClientSays {

	/** What a peer may give as its reason to close. */
	private static final List<String> REASONS = List.of("close-me was called", "close-after-ms",
			"Uncaught exception in implementation", "No heartbeats received");

	private static final int MAX_LENGTH = 300;

	private ClientSays() {
	}

	static List<String> of(List<String> lines) {
		return lines.stream().filter((line) -> !line.startsWith("done ")).map(ClientSays::normalise).toList();
	}

	private static String normalise(String line) {
		if (line.startsWith("connection closed: ")) {
			return "connection closed" + reason(line);
		}
		if (line.startsWith("menu ")) {
			// v0.15 keeps it in a hash table.
			return "menu " + Arrays.stream(line.substring("menu ".length()).split("[()]+", -1)).sorted().toList();
		}
		if (line.contains("client-side")) {
			return line.replaceFirst("\\(exn.*", "");
		}
		return cut(line.replaceFirst("^pipe: Error \\(Connection_closed.*", "pipe: Error (Connection_closed)")
			.replaceFirst("^rpc error: \\(\\(rpc_error", "rpc error: ")
			.replaceFirst("\\)\\(connection_description.*", ""));
	}

	/** The recordings cut long lines, too. */
	private static String cut(String line) {
		return line.substring(0, Math.min(line.length(), MAX_LENGTH));
	}

	/** The reason is the peer's, if it told one. */
	private static String reason(String line) {
		if (!line.contains("closed by remote side") && !line.contains("closed by the peer")) {
			return "";
		}
		return REASONS.stream().filter(line::contains).findFirst().map((reason) -> ": " + reason).orElse("");
	}

}
