package io.persistentconn.binprot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What the real bin_prot wrote, read and said: see {@code README.md} of the recordings.
 */
final class Recordings {

	private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

	private Recordings() {
	}

	static List<Map<String, String>> values() {
		return lines("bin_prot_values.jsonl.gz");
	}

	static List<Map<String, String>> readErrors() {
		return lines("bin_prot_read_errors.jsonl");
	}

	static List<Map<String, String>> shapes() {
		return lines("bin_shapes.jsonl");
	}

	private static List<Map<String, String>> lines(String name) {
		try (InputStream file = Objects.requireNonNull(Recordings.class.getResourceAsStream(name));
				InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
				BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
			return reader.lines().map(Recordings::members).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The members of a JSON object whose values are strings. */
	private static Map<String, String> members(String line) {
		Map<String, String> members = new HashMap<>();
		Matcher matcher = MEMBER.matcher(line);
		while (matcher.find()) {
			members.put(matcher.group(1), unescape(matcher.group(2)));
		}
		return members;
	}

	private static String unescape(String text) {
		return Pattern.compile("\\\\(.)").matcher(text).replaceAll((match) -> switch (match.group(1)) {
			case "n" -> "\n";
			case "\"" -> "\"";
			case "\\" -> "\\\\";
			default -> throw new IllegalArgumentException("escape: " + match.group());
		});
	}

}
