package io.persistentconn.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The README, or a section of it.
 */
final class Readme {

	private static final Pattern HEADING = Pattern.compile("##+ (.*)");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");

	private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");

	private static final String FENCE = "```";

	private final String text;

	private Readme(String text) {
		this.text = text;
	}

	static Readme read() throws IOException {
		return new Readme(Files.readString(Path.of("..", "README.md")));
	}

	/** The section below a heading of the second level. */
	Readme section(String heading) {
		String beginning = "\n## " + heading + "\n";
		int start = this.text.indexOf(beginning);
		if (start < 0) {
			throw new IllegalArgumentException("heading: " + heading + " (expected: one of the README)");
		}
		int end = this.text.indexOf("\n## ", start + beginning.length());
		return new Readme(this.text.substring(start, (end < 0) ? this.text.length() : end));
	}

	Readme changed(UnaryOperator<String> change) {
		return new Readme(change.apply(this.text));
	}

	/** The code between single backticks that begins like this. */
	List<String> inlineCode(String beginning) {
		return INLINE_CODE.matcher(BLOCK.matcher(this.text).replaceAll(""))
			.results()
			.map((match) -> match.group(1))
			.filter((code) -> code.startsWith(beginning))
			.toList();
	}

	/** All matches of an expression. */
	List<String> matches(Pattern pattern) {
		return pattern.matcher(this.text).results().map(MatchResult::group).toList();
	}

	/** The blocks of code in a language, in order. */
	List<CodeBlock> blocks(String language) {
		return blocks().stream().filter((block) -> block.language().equals(language)).toList();
	}

	private List<CodeBlock> blocks() {
		List<CodeBlock> blocks = new ArrayList<>();
		Map<String, Integer> numbers = new HashMap<>();
		String section = "";
		String language = null;
		StringBuilder block = new StringBuilder();
		for (String line : this.text.lines().toList()) {
			if (language == null && HEADING.matcher(line).matches()) {
				section = line.replaceFirst("#+ ", "");
			}
			else if (language == null && line.startsWith(FENCE)) {
				language = line.substring(FENCE.length());
			}
			else if (line.equals(FENCE)) {
				int number = numbers.merge(section + "/" + language, 1, Integer::sum);
				blocks.add(new CodeBlock(section, language, number, block.toString()));
				block.setLength(0);
				language = null;
			}
			else if (language != null) {
				block.append(line).append('\n');
			}
		}
		return blocks;
	}

}
