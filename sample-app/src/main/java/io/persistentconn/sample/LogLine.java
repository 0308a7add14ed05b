package io.persistentconn.sample;

/**
 * What one node tells another; there it is an application event.
 *
 * @param from who the one says it is
 * @param text what it says
 */
record LogLine(String from, String text) {

	/** Longer texts are cut off. */
	static final int MAX_LENGTH = 200;

	/**
	 * In one line, without control characters: anybody may connect and say anything, and
	 * it ends on terminals and pages.
	 */
	LogLine cleaned() {
		return new LogLine(clean(this.from), clean(this.text));
	}

	private static String clean(String text) {
		return text.codePoints()
			.limit(MAX_LENGTH)
			.map((character) -> Character.isISOControl(character) ? ' ' : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
