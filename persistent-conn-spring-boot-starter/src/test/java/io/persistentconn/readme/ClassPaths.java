package io.persistentconn.readme;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The class paths that a reader of the README has.
 */
final class ClassPaths {

	private static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();

	private ClassPaths() {
	}

	/** What the starter brings with it: Maven wrote it down. */
	static String ofStarter() throws IOException {
		return Files.readString(Path.of("target", "starter.classpath")).strip();
	}

	/** With a web starter, Actuator and Reactor: all that these tests have but them. */
	static List<Path> ofApplication() {
		return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
			.map(Path::of)
			.filter(Predicate.not(TEST_CLASSES::equals))
			.toList();
	}

}
