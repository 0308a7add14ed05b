package io.persistentconn.autoconfigure.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A class path that really lacks what is not named: of the class path of the tests, the
 * classes of this project and some libraries.
 */
public final class ClassPath {

	private static final List<Path> TESTS = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
		.splitAsStream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
		.map(Path::of)
		.toList();

	/** What the starter brings with it. */
	private static final List<String> STARTER = List.of("spring-boot", "spring-boot-autoconfigure", "spring-core",
			"spring-beans", "spring-context", "spring-aop", "spring-expression", "commons-logging",
			"micrometer-observation", "micrometer-commons", "jakarta.annotation-api", "snakeyaml", "logback-classic",
			"logback-core", "slf4j-api", "jul-to-slf4j", "log4j-to-slf4j", "log4j-api", "jspecify", "netty-common",
			"netty-buffer", "netty-resolver", "netty-transport", "netty-codec-base", "netty-handler",
			"netty-transport-native-unix-common", "netty-transport-classes-epoll", "netty-transport-native-epoll");

	private final List<Path> entries;

	private ClassPath(List<Path> entries) {
		this.entries = entries;
	}

	/** All that the tests have. */
	public static ClassPath ofTests() {
		return new ClassPath(TESTS);
	}

	/** This project with what the starter brings, and nothing else. */
	public static ClassPath ofStarter() {
		List<Path> project = TESTS.stream()
			.filter((entry) -> Files.isDirectory(entry)
					|| entry.getFileName().toString().startsWith("persistent-conn-"))
			.toList();
		return new ClassPath(project).with(STARTER.toArray(String[]::new));
	}

	/** The same with some libraries more. */
	public ClassPath with(String... artifacts) {
		List<Path> more = new ArrayList<>(this.entries);
		for (String artifact : artifacts) {
			Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-\\d.*\\.jar");
			List<Path> found = TESTS.stream()
				.filter((entry) -> jar.matcher(entry.getFileName().toString()).matches())
				.toList();
			if (found.isEmpty()) {
				throw new IllegalArgumentException("artifact: " + artifact + " (expected: one of " + TESTS + ")");
			}
			more.addAll(found);
		}
		return new ClassPath(more);
	}

	/** The same with a directory of classes more. */
	public ClassPath and(Path directory) {
		List<Path> more = new ArrayList<>(this.entries);
		more.add(directory);
		return new ClassPath(more);
	}

	@Override
	public String toString() {
		return String.join(File.pathSeparator, this.entries.stream().map(Path::toString).toList());
	}

}
