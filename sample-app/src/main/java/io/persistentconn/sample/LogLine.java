package io.persistentconn.sample;

/**
 * Another node told this one something, as an application event.
 *
 * @param from who the other says it is
 * @param text what it said: one line, without control characters
 */
record LogLine(String from, String text) {

	/** Longer texts are cut off. */
	static final int MAX_LENGTH = 200;

	/** Anybody may connect and say anything, and it ends on terminals and pages. */
	static LogLine of(String from, String text) {
		return new LogLine(clean(from), clean(text));
	}

	private static String clean(String text) {
		return text.codePoints()
			.limit(MAX_LENGTH)
			.map((character) -> Character.isISOControl(character) ? ' ' : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
