package io.persistentconn.readme;

/**
 * A block of code in the README.
 *
 * @param section the heading above it
 * @param language what the fence says, or nothing
 * @param number counts the blocks of that language in that section, from 1
 * @param text the code
 */
record CodeBlock(String section, String language, int number, String text) {

	String place() {
		return this.section + ", " + this.language + " " + this.number;
	}

}
