package io.persistentconn.readme;

import java.util.ArrayList;
import java.util.List;

/**
 * How the blocks of Java in a section of the README become code that compiles: in a class
 * which has what they take for granted.
 *
 * @param section the heading
 * @param fillings what stands for the ellipses of the blocks
 * @param code members of a class, with a line {@code {1}} for the first block of the
 * section and so on
 */
record Excerpt(String section, List<Filling> fillings, String code) {

	/**
	 * What stands for an ellipsis.
	 *
	 * @param ellipsis text of a block, with what is around the ellipsis
	 * @param code what it is replaced by
	 */
	record Filling(String ellipsis, String code) {

	}

	Excerpt(String section, String code) {
		this(section, List.of(), code);
	}

	Excerpt filled(String ellipsis, String filling) {
		List<Filling> more = new ArrayList<>(this.fillings);
		more.add(new Filling(ellipsis, filling));
		return new Excerpt(this.section, more, this.code);
	}

	/** A class with blocks in it. */
	String around(List<CodeBlock> blocks) {
		String body = this.code;
		for (CodeBlock block : blocks) {
			body = replaced(body, "{" + block.number() + "}\n", block.text());
		}
		for (Filling filling : this.fillings) {
			body = replaced(body, filling.ellipsis(), filling.code());
		}
		return "class Excerpt {\n\n" + body + "\n}\n";
	}

	private String replaced(String text, String what, String by) {
		int index = text.indexOf(what);
		if (index < 0 || text.indexOf(what, index + 1) >= 0) {
			throw new AssertionError(this.section + " has \"" + what + "\" not once, in:\n" + text);
		}
		return text.replace(what, by);
	}

}
