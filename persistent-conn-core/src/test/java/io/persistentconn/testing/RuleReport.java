package io.persistentconn.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The build step that lists the executed tests of every rule and fails on a rule without
 * one. Arguments: the directory with the files that {@link ExecutedRules} wrote, then the
 * expected rules, such as {@code C1-C17 T1-T14}.
 */
public final class RuleReport {

	private RuleReport() {
	}

	public static void main(String[] args) throws IOException {
		List<String> gaps = print(executed(Path.of(args[0])), expand(List.of(args).subList(1, args.length)),
				System.out);
		if (!gaps.isEmpty()) {
			throw new IllegalStateException("Rules without an executed, passing test: " + gaps);
		}
	}

	/** What every process that ran tests wrote. */
	private static List<String> executed(Path directory) throws IOException {
		List<String> lines = new ArrayList<>();
		if (Files.exists(directory)) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
				for (Path file : files) {
					lines.addAll(Files.readAllLines(file));
				}
			}
		}
		return lines;
	}

	/** Prints the tests of every rule. Returns the rules without one. */
	static List<String> print(List<String> executed, List<String> rules, PrintStream out) {
		List<String> gaps = new ArrayList<>();
		for (String rule : rules) {
			TreeSet<String> tests = new TreeSet<>();
			for (String line : executed) {
				if (line.startsWith(rule + "\t")) {
					tests.add(line.substring(rule.length() + 1));
				}
			}
			out.printf("%-4s %s%n", rule, tests.isEmpty() ? "NO EXECUTED TEST" : String.join(", ", tests));
			if (tests.isEmpty()) {
				gaps.add(rule);
			}
		}
		return gaps;
	}

	/** Turns {@code C1-C3 T1} into C1, C2, C3, T1. */
	static List<String> expand(List<String> ranges) {
		List<String> rules = new ArrayList<>();
		for (String range : ranges) {
			String[] ends = range.split("-", 2);
			String group = ends[0].replaceAll("\\d", "");
			int first = Integer.parseInt(ends[0].substring(group.length()));
			int last = Integer.parseInt(ends[ends.length - 1].substring(group.length()));
			for (int i = first; i <= last; i++) {
				rules.add(group + i);
			}
		}
		return rules;
	}

}
